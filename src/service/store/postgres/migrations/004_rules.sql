-- What the shop changes about lists.
CREATE TABLE rules (
  name text COLLATE "C" PRIMARY KEY,
  rule json NOT NULL
);

-- Sets a rule, or deletes it if it is null. It counts as a change of the catalogue, by which every
-- server learns of it; returns the number of the change.
CREATE FUNCTION change_rule(which text, value json) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  number bigint;
BEGIN
  UPDATE catalogue SET sequence = sequence + 1 RETURNING sequence INTO number;
  IF value IS NULL THEN
    DELETE FROM rules WHERE name = which;
  ELSE
    INSERT INTO rules VALUES (which, value)
      ON CONFLICT (name) DO UPDATE SET rule = excluded.rule;
  END IF;
  RETURN number;
END $$;
