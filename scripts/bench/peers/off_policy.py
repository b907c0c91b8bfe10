"""Open Bandit Pipeline's estimates on its bundled sample of the Open Bandit Dataset (Saito et al. 2021).

`off_policy.py FILE` writes, for each of two logs, the rewards with propensities and the estimates as JSON: what the
Thompson sampling policy would have earned, from a log of the uniform one, and the other way round.
"""

import json
import sys
import warnings
from unittest.mock import MagicMock

warnings.filterwarnings("ignore")
# Its neural networks, which aren't used here, need 2 GB of PyTorch.
torch = MagicMock()
for name in ("Tensor", "Module", "Dataset", "DataLoader"):
    setattr(torch, name, type(name, (), {}))
torch.nn = torch.utils = torch.data = torch
for name in ("", ".nn", ".nn.functional", ".optim", ".utils", ".utils.data"):
    sys.modules["torch" + name] = torch

import numpy as np
from obp.dataset import OpenBanditDataset
from obp.ope import DoublyRobust, InverseProbabilityWeighting, SelfNormalizedInverseProbabilityWeighting
from obp.policy import BernoulliTS, Random

ESTIMATORS = {
    "ips": InverseProbabilityWeighting(),
    "snips": SelfNormalizedInverseProbabilityWeighting(),
    "doublyRobust": DoublyRobust(),
}


def policy_of(name, data):
    size = {"n_actions": data.n_actions, "len_list": data.len_list, "random_state": 1}
    if name == "random":
        return Random(**size).compute_batch_action_dist(n_rounds=1)[0]
    sampling = BernoulliTS(is_zozotown_prior=True, campaign="all", **size)
    return sampling.compute_batch_action_dist(n_sim=100_000, n_rounds=1)[0]


def compare(behavior, target):
    data = OpenBanditDataset(behavior_policy=behavior, campaign="all")
    log = data.obtain_batch_bandit_feedback()
    action, position, reward = log["action"], log["position"], log["reward"]
    shares = policy_of(target, data)
    # A model of rewards: each product's click rate at each position, drawn towards that of all.
    shown = np.zeros(shares.shape)
    clicks = np.zeros(shares.shape)
    np.add.at(shown, (action, position), 1)
    np.add.at(clicks, (action, position), reward)
    guesses = (clicks + 20 * reward.mean()) / (shown + 20)
    arguments = {
        "reward": reward,
        "action": action,
        "position": position,
        "pscore": log["pscore"],
        "action_dist": np.tile(shares, (log["n_rounds"], 1, 1)),
        "estimated_rewards_by_reg_model": np.tile(guesses, (log["n_rounds"], 1, 1)),
    }
    estimates = {}
    for name, estimator in ESTIMATORS.items():
        interval = estimator.estimate_interval(random_state=1, n_bootstrap_samples=1000, **arguments)
        estimates[name] = {
            "estimate": float(estimator.estimate_policy_value(**arguments)),
            "low": interval["95.0% CI (lower)"],
            "high": interval["95.0% CI (upper)"],
        }
    rewards = {
        "reward": reward,
        "propensity": log["pscore"],
        "target": shares[action, position],
        "guess": guesses[action, position],
        "targetGuess": (shares * guesses).sum(axis=0)[position],
    }
    columns = {name: np.asarray(values, dtype=float).tolist() for name, values in rewards.items()}
    return {"name": f"{target} from {behavior}", "log": columns, "estimates": estimates}


with open(sys.argv[1], "w") as file:
    json.dump([compare("random", "bts"), compare("bts", "random")], file)
