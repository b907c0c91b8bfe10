"""RecTools' SASRec on the files of `sasrec.ts`, until its validation loss stops falling."""

import json
import os
import sys
import tempfile
import time
import warnings

# One thread takes the least CPU time.
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import pandas as pd
import torch
from pytorch_lightning import Trainer, seed_everything
from pytorch_lightning.callbacks import EarlyStopping, ModelCheckpoint
from rectools import Columns
from rectools.dataset import Dataset
from rectools.models import SASRecModel
from rectools.models.nn.transformers.utils import leave_one_out_mask

folder, k = sys.argv[1], int(sys.argv[2])
options, epochs, seed = json.loads(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
PATIENCE = 5  # epochs; it has one validation loss per epoch, which is less noisy than NDCG

warnings.filterwarnings("ignore")
torch.set_num_threads(1)


def read(name):
    with open(f"{folder}/{name}") as lines:
        rows = [[int(number) for number in line.split()] for line in lines if line.strip()]
    return {user: items for user, *items in rows}


train, test = read("train.txt"), read("test.txt")
interactions = pd.DataFrame(
    [(user, item, 1.0, place) for user, row in train.items() for place, item in enumerate(row)],
    columns=[Columns.User, Columns.Item, Columns.Weight, Columns.Datetime],
)
interactions[Columns.Datetime] = pd.to_datetime(interactions[Columns.Datetime], unit="s")
dataset = Dataset.construct(interactions)

seed_everything(seed, verbose=False)
users = interactions[Columns.User].unique()
# As many last items as this project's model holds out: a twentieth of all at most.
held = np.random.default_rng(seed).permutation(users)[
    : min(1000, len(users), len(interactions) // 20)
]
checkpoints = tempfile.TemporaryDirectory()


def trainer():
    return Trainer(
        max_epochs=epochs,
        callbacks=[
            EarlyStopping(monitor=SASRecModel.val_loss_name, patience=PATIENCE, mode="min"),
            ModelCheckpoint(dirpath=checkpoints.name, monitor=SASRecModel.val_loss_name, mode="min"),
        ],
        accelerator="cpu",
        deterministic=True,
        devices=1,
        enable_model_summary=False,
        enable_progress_bar=False,
        logger=False,
    )


model = SASRecModel(
    **options,
    get_val_mask_func=lambda frame, **_: leave_one_out_mask(frame, held),
    get_trainer_func=trainer,
)
wall, cpu = time.perf_counter(), time.process_time()
model.fit(dataset)
model.load_weights_from_checkpoint(model.fit_trainer.checkpoint_callback.best_model_path)
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall

asked = np.array([user for user in test if user in train])
lists = model.recommend(asked, dataset, k=k, filter_viewed=True)
ranked = {user: rows[Columns.Item].tolist() for user, rows in lists.groupby(Columns.User)}
places = [
    row.index(test[user][0]) if test[user][0] in row else None
    for user, row in ((user, ranked.get(user, [])) for user in asked)
]
gains = [0 if place is None else 1 / np.log2(place + 2) for place in places]
print(
    json.dumps(
        {
            "hitRate": float(np.mean([place is not None for place in places])),
            "ndcg": float(np.mean(gains)),
            "epochs": model.fit_trainer.current_epoch,
            "cpuSeconds": cpu,
            "seconds": wall,
        }
    )
)
