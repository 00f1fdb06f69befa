-- Streams of feed updates: what was received of each, so that nothing is missed unseen and nothing counts twice.

CREATE TABLE feed_stream (
  venue      bigint NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('positions', 'prices')),
  name       text NOT NULL,
  contiguous bigint NOT NULL DEFAULT 0,      -- every update up to this one was received
  highest    bigint NOT NULL DEFAULT 0,      -- the highest received
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (venue, kind, name),
  CHECK (0 <= contiguous AND contiguous <= highest)
);

CREATE TABLE feed_update (
  venue       bigint NOT NULL,
  kind        text NOT NULL,
  stream      text NOT NULL,
  sequence    bigint NOT NULL CHECK (sequence >= 1),
  digest      text NOT NULL,                 -- SHA-256 of its rows in canonical form
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (venue, kind, stream, sequence),
  FOREIGN KEY (venue, kind, stream) REFERENCES feed_stream (venue, kind, name)
);

-- Which of two prices with one time was said later: by sequence, then by the place in the batch. Without a stream, the one received last.
ALTER TABLE price_history ADD COLUMN stream text;
ALTER TABLE price_history ADD COLUMN sequence bigint;
ALTER TABLE price_history ADD COLUMN place integer NOT NULL DEFAULT 0;
ALTER TABLE price ADD COLUMN stream text;
ALTER TABLE price ADD COLUMN sequence bigint;
ALTER TABLE price ADD COLUMN place integer NOT NULL DEFAULT 0;
