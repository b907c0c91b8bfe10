-- Up to which position each stream of events has been stored.
CREATE TABLE streams (
  name text COLLATE "C" PRIMARY KEY,
  position bigint NOT NULL
);

-- Stores a batch and moves the stream's position, as a whole or not at all; returns what
-- append_events() does, or null if the position isn't `known` any more.
CREATE FUNCTION append_stream(
  batch json, received_at bigint, stream text, known bigint, next bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  IF known IS NULL THEN
    INSERT INTO streams VALUES (stream, next) ON CONFLICT DO NOTHING;
  ELSE
    UPDATE streams SET position = next WHERE name = stream AND position = known;
  END IF;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  RETURN append_events(batch, received_at);
END $$;
