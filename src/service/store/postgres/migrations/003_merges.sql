-- Users whose events became another's: those from `since` up to `until`, in artifacts as well.
CREATE TABLE merges (
  from_user text COLLATE "C",
  to_user text COLLATE "C",
  since bigint NOT NULL,
  until bigint NOT NULL,
  PRIMARY KEY (from_user, to_user)
);
CREATE INDEX merges_into ON merges (to_user);

-- Whose an event was when it was stored, if users were merged since.
ALTER TABLE events ADD COLUMN origin text COLLATE "C";

-- Locks users, in the order in which append_events() does, and gives them new versions.
CREATE FUNCTION touch_users(who text[], at bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO users (user_id, version, received)
    SELECT user_id, nextval('versions'), at FROM unnest(who) AS w (user_id)
    ORDER BY user_id COLLATE "C"
    ON CONFLICT (user_id) DO UPDATE SET version = excluded.version, received = excluded.received;
$$;

-- Takes events that were deleted out of the counts of their days.
CREATE FUNCTION uncount(removed json) RETURNS void LANGUAGE sql AS $$
  INSERT INTO tallies
    SELECT floor("time" / 86400000.0), product_id, type, -count(*)
    FROM json_to_recordset(removed) AS r ("time" bigint, product_id text, type text)
    GROUP BY 1, 2, 3;
$$;

-- Makes the events of one user another's; returns how many moved, or which merge forbids it.
CREATE FUNCTION merge_users(which text, into_user text, at bigint) RETURNS json
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
  DELETE FROM impressions WHERE user_id = who;
  DELETE FROM merges WHERE from_user = who OR to_user = who;
  UPDATE upkeep SET is_vacuum_due = true WHERE NOT is_vacuum_due;
  RETURN json_array_length(coalesce(removed, '[]'));
END $$;
