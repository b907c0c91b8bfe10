-- Lists that users were shown. What is seen of one later is added to it.
CREATE TABLE exposures (
  user_id text COLLATE "C",
  list_id text COLLATE "C",
  received bigint NOT NULL,
  -- What exposures.ts makes of a list.
  shown json NOT NULL,
  -- Whose it was when it was stored, if users were merged since.
  origin text COLLATE "C",
  PRIMARY KEY (user_id, list_id)
);
CREATE INDEX exposures_by_time ON exposures USING brin (received);

-- The list that an event came from.
ALTER TABLE events ADD COLUMN list_id text COLLATE "C";

CREATE TABLE experiments (
  name text COLLATE "C" PRIMARY KEY,
  experiment json NOT NULL
);

-- One row at most: the secret that signs ids of lists.
CREATE TABLE list_keys (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  key text NOT NULL
);

-- The secret, as JSON; made by the first that asks for it.
CREATE FUNCTION list_key() RETURNS json LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO list_keys (key)
    VALUES (replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))
    ON CONFLICT DO NOTHING;
  RETURN (SELECT to_json(key) FROM list_keys);
END $$;

-- Sets an experiment, or deletes it if it is null. It counts as a change of the catalogue, by which
-- every server learns of it; returns the number of the change.
CREATE FUNCTION change_experiment(which text, value json) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  number bigint;
BEGIN
  UPDATE catalogue SET sequence = sequence + 1 RETURNING sequence INTO number;
  IF value IS NULL THEN
    DELETE FROM experiments WHERE name = which;
  ELSE
    INSERT INTO experiments VALUES (which, value)
      ON CONFLICT (name) DO UPDATE SET experiment = excluded.experiment;
  END IF;
  RETURN number;
END $$;

-- Stores lists that aren't stored yet; returns how many.
CREATE FUNCTION record_exposures(batch json, received_at bigint) RETURNS bigint LANGUAGE sql AS $$
  WITH added AS (
    INSERT INTO exposures (user_id, list_id, received, shown)
      SELECT user_id, list_id, received_at, shown
      FROM json_to_recordset(batch) AS e (user_id text, list_id text, shown json)
      ORDER BY user_id COLLATE "C", list_id COLLATE "C"
      ON CONFLICT DO NOTHING RETURNING 1
  )
  SELECT count(*) FROM added;
$$;

-- Stores a batch as a whole, or nothing of it; returns how many events weren't stored yet. `named`
-- says that the client gave the id. Each statement sees what was committed before it began, so the
-- second sees all that other batches with the same users have stored.
CREATE OR REPLACE FUNCTION append_events(batch json, received_at bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  stored bigint;
BEGIN
  INSERT INTO users (user_id, version, received)
    SELECT user_id, nextval('versions'), received_at
    FROM (SELECT DISTINCT user_id FROM json_to_recordset(batch) AS e (user_id text)) AS sent
    ORDER BY user_id COLLATE "C"
    ON CONFLICT (user_id) DO UPDATE SET version = excluded.version, received = excluded.received;
  WITH sent AS MATERIALIZED (
    SELECT * FROM json_to_recordset(batch) AS e (
      user_id text, "time" bigint, event_id text, named boolean, product_id text, type text,
      session text, price double precision, days integer, list_id text)
  ), named AS (
    INSERT INTO event_ids (user_id, event_id, received)
      SELECT user_id, event_id, received_at FROM sent WHERE named
      ORDER BY user_id COLLATE "C", event_id COLLATE "C"
      ON CONFLICT DO NOTHING RETURNING user_id, event_id
  ), added AS (
    INSERT INTO events (
      user_id, "time", event_id, received, product_id, type, session, price, days, list_id)
      SELECT user_id, "time", event_id, received_at, product_id, type, session, price, days, list_id
      FROM sent
      WHERE NOT named OR (user_id, event_id) IN (SELECT user_id, event_id FROM named)
      RETURNING "time", product_id, type
  ), counted AS (
    INSERT INTO tallies
      SELECT floor("time" / 86400000.0), product_id, type, count(*) FROM added GROUP BY 1, 2, 3
  )
  SELECT count(*) INTO stored FROM added;
  RETURN stored;
END $$;

-- Makes the events of one user another's; returns how many moved, or which merge forbids it.
CREATE OR REPLACE FUNCTION merge_users(which text, into_user text, at bigint) RETURNS json
LANGUAGE plpgsql AS $$
DECLARE
  other text;
  removed json;
  moved bigint;
BEGIN
  PERFORM touch_users(ARRAY[which, into_user], at);
  SELECT to_user INTO other FROM merges WHERE from_user = into_user ORDER BY to_user LIMIT 1;
  IF FOUND THEN
    RETURN json_build_object('targetIn', other);
  END IF;
  SELECT from_user INTO other FROM merges WHERE to_user = which ORDER BY from_user LIMIT 1;
  IF FOUND THEN
    RETURN json_build_object('absorbs', other);
  END IF;
  INSERT INTO merges
    SELECT which, into_user, coalesce(max(until), 0), at FROM merges WHERE from_user = which
    ON CONFLICT (from_user, to_user) DO UPDATE SET until = excluded.until;
  -- Events whose ids the other user has are duplicates.
  WITH doubled AS (
    DELETE FROM event_ids o USING event_ids t
      WHERE o.user_id = which AND t.user_id = into_user AND o.event_id = t.event_id
      RETURNING o.event_id
  ), gone AS (
    DELETE FROM events e USING doubled d WHERE e.user_id = which AND e.event_id = d.event_id
      RETURNING e."time", e.product_id, e.type
  )
  SELECT json_agg(gone) INTO removed FROM gone;
  PERFORM uncount(coalesce(removed, '[]'));
  UPDATE event_ids SET user_id = into_user WHERE user_id = which;
  UPDATE events SET user_id = into_user, origin = coalesce(origin, which) WHERE user_id = which;
  GET DIAGNOSTICS moved = ROW_COUNT;
  DELETE FROM impressions WHERE user_id = which;
  -- Lists that both were shown are the other user's already.
  DELETE FROM exposures o USING exposures t
    WHERE o.user_id = which AND t.user_id = into_user AND o.list_id = t.list_id;
  UPDATE exposures SET user_id = into_user, origin = coalesce(origin, which)
    WHERE user_id = which;
  RETURN json_build_object('moved', moved);
END $$;

-- Deletes what is stored of a user and of those merged into them, and takes it out of the counts;
-- returns how many events.
CREATE OR REPLACE FUNCTION forget_user(who text, at bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  removed json;
BEGIN
  PERFORM touch_users(
    array_append(ARRAY(
      SELECT to_user FROM merges WHERE from_user = who
      UNION SELECT from_user FROM merges WHERE to_user = who), who), at);
  UPDATE users SET forgotten_at = at WHERE user_id = who;
  -- In artifacts and files, these events are still the other users'.
  UPDATE users u SET forgotten_at = greatest(u.forgotten_at, m.until)
    FROM merges m WHERE m.to_user = who AND u.user_id = m.from_user;
  WITH moved AS (
    SELECT to_user FROM merges WHERE from_user = who
  ), gone AS (
    DELETE FROM events e
      WHERE e.user_id = who OR e.user_id IN (SELECT to_user FROM moved) AND e.origin = who
      RETURNING "time", product_id, type, user_id, event_id
  ), unnamed AS (
    DELETE FROM event_ids i USING gone g WHERE i.user_id = g.user_id AND i.event_id = g.event_id
  )
  SELECT json_agg(gone) INTO removed FROM gone;
  PERFORM uncount(coalesce(removed, '[]'));
  DELETE FROM event_ids WHERE user_id = who;
  DELETE FROM exposures e
    WHERE e.user_id = who
      OR e.origin = who AND e.user_id IN (SELECT to_user FROM merges WHERE from_user = who);
  DELETE FROM impressions WHERE user_id = who;
  DELETE FROM merges WHERE from_user = who OR to_user = who;
  UPDATE upkeep SET is_vacuum_due = true WHERE NOT is_vacuum_due;
  RETURN json_array_length(coalesce(removed, '[]'));
END $$;
