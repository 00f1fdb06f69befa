-- What the venue has traded or priced: a row from the first fill or quote that named it.
CREATE TABLE instrument (
  venue      bigint NOT NULL,
  name       text NOT NULL,                  -- canonical
  underlying text NOT NULL,
  expires_at timestamptz,                    -- null: never
  first_seen timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (venue, name)
);

INSERT INTO instrument (venue, name, underlying, expires_at, first_seen)
SELECT venue, name, split_part(name, '-', 1),
  CASE WHEN split_part(name, '-', 2) ~ '^[0-9]{8}$'
    THEN (to_date(split_part(name, '-', 2), 'YYYYMMDD') + time '08:00') AT TIME ZONE 'UTC' END,
  min(seen)
FROM (
  SELECT venue, instrument AS name, received_at AS seen FROM fill
  UNION ALL SELECT venue, instrument, received_at FROM price_history WHERE kind <> 'spot'
) named GROUP BY venue, name;

-- The client-made id that a key was issued under: a retry issues no second one. Null: the administrator's, which comes from a file.
ALTER TABLE credential ADD COLUMN client_id text UNIQUE;
