-- For how many days a dislike holds; null until it is withdrawn.
ALTER TABLE events ADD COLUMN days integer;
CREATE INDEX opinions_of_user ON events (user_id, time, event_id)
  WHERE type IN ('dislike', 'undo_dislike');

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
      session text, price double precision, days integer)
  ), named AS (
    INSERT INTO event_ids (user_id, event_id, received)
      SELECT user_id, event_id, received_at FROM sent WHERE named
      ORDER BY user_id COLLATE "C", event_id COLLATE "C"
      ON CONFLICT DO NOTHING RETURNING user_id, event_id
  ), added AS (
    INSERT INTO events (
      user_id, "time", event_id, received, product_id, type, session, price, days)
      SELECT user_id, "time", event_id, received_at, product_id, type, session, price, days
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
