-- Times are milliseconds since 1970-01-01 UTC. Texts sort by their bytes.

-- One row for each user with events, or who was forgotten. Every write of a user locks their row
-- first, so that writes of one user take turns.
CREATE TABLE users (
  user_id text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  received bigint NOT NULL,
  forgotten_at bigint
) WITH (fillfactor = 80);

-- A number for each state of each user; none is used twice.
CREATE SEQUENCE versions CACHE 32;

-- Partitioned by when events were received: see partitions.ts.
CREATE TABLE events (
  user_id text COLLATE "C" NOT NULL,
  time bigint NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  received bigint NOT NULL,
  product_id text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  session text,
  price double precision
) PARTITION BY RANGE (received);
CREATE INDEX events_of_user ON events (user_id, time, event_id);
CREATE INDEX events_by_time ON events (time) INCLUDE (product_id, type, received);
CREATE INDEX purchases_of_user ON events (user_id, product_id) INCLUDE (received)
  WHERE type = 'purchase';

-- The ids that clients gave to events: an event with one of them is a duplicate.
CREATE TABLE event_ids (
  user_id text COLLATE "C",
  event_id text COLLATE "C",
  received bigint NOT NULL,
  PRIMARY KEY (user_id, event_id)
);
CREATE INDEX event_ids_by_time ON event_ids USING brin (received);

-- How many events of a type a product had on a day since 1970. Each batch adds rows of its own, so
-- that no two batches wait for the row of a popular product; they are summed up later.
CREATE TABLE tallies (
  day integer NOT NULL,
  product_id text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  count bigint NOT NULL
);
CREATE INDEX tallies_by_day ON tallies (day) INCLUDE (product_id, type, count);

CREATE TABLE impressions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id text COLLATE "C" NOT NULL,
  product_id text COLLATE "C" NOT NULL,
  shown bigint NOT NULL
);
CREATE INDEX impressions_of_user ON impressions (user_id, id);
CREATE INDEX impressions_by_time ON impressions USING brin (shown);

-- What the shop has said of products, with the number of the last change.
CREATE TABLE products (
  product_id text COLLATE "C" PRIMARY KEY,
  facts json NOT NULL,
  sequence bigint NOT NULL
);
CREATE INDEX products_by_sequence ON products (sequence);

-- One row: how many changes of products there have been.
CREATE TABLE catalogue (sequence bigint NOT NULL);
INSERT INTO catalogue VALUES (0);

-- One row: whether rows were deleted since the last vacuum.
CREATE TABLE upkeep (is_vacuum_due boolean NOT NULL);
INSERT INTO upkeep VALUES (false);

-- Stores a batch as a whole, or nothing of it; returns how many events weren't stored yet. `named`
-- says that the client gave the id. Each statement sees what was committed before it began, so the
-- second sees all that other batches with the same users have stored.
CREATE FUNCTION append_events(batch json, received_at bigint) RETURNS bigint LANGUAGE plpgsql AS $$
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
      session text, price double precision)
  ), named AS (
    INSERT INTO event_ids (user_id, event_id, received)
      SELECT user_id, event_id, received_at FROM sent WHERE named
      ORDER BY user_id COLLATE "C", event_id COLLATE "C"
      ON CONFLICT DO NOTHING RETURNING user_id, event_id
  ), added AS (
    INSERT INTO events
      SELECT user_id, "time", event_id, received_at, product_id, type, session, price
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

-- Deletes what is stored of a user, and takes it out of the counts; returns how many events.
CREATE FUNCTION forget_user(who text, at bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  deleted bigint;
BEGIN
  INSERT INTO users (user_id, version, received, forgotten_at)
    VALUES (who, nextval('versions'), at, at)
    ON CONFLICT (user_id) DO UPDATE
      SET version = excluded.version, received = excluded.received, forgotten_at = at;
  WITH removed AS (
    DELETE FROM events WHERE user_id = who RETURNING "time", product_id, type
  ), uncounted AS (
    INSERT INTO tallies
      SELECT floor("time" / 86400000.0), product_id, type, -count(*) FROM removed GROUP BY 1, 2, 3
  )
  SELECT count(*) INTO deleted FROM removed;
  DELETE FROM event_ids WHERE user_id = who;
  DELETE FROM impressions WHERE user_id = who;
  UPDATE upkeep SET is_vacuum_due = true WHERE NOT is_vacuum_due;
  RETURN deleted;
END $$;

-- Merges a change into what is known; returns its number.
CREATE FUNCTION change_product(which text, change json) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  number bigint;
BEGIN
  UPDATE catalogue SET sequence = sequence + 1 RETURNING sequence INTO number;
  INSERT INTO products VALUES (which, change, number)
    ON CONFLICT (product_id) DO UPDATE
      SET facts = (products.facts::jsonb || excluded.facts::jsonb)::json, sequence = number;
  RETURN number;
END $$;
