-- What settles expired positions: one price for an underlying and an expiry, given once.
CREATE TABLE settlement_price (
  venue       bigint NOT NULL,
  underlying  text NOT NULL,
  expiry      timestamptz NOT NULL,
  price       numeric NOT NULL CHECK (price > 0),
  client_id   text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (venue, underlying, expiry),
  UNIQUE (venue, client_id)
);

-- Who made a fill: its id says so, and no feed accepts one that begins with a tilde.
ALTER TABLE fill ADD COLUMN kind text GENERATED ALWAYS AS (
  CASE WHEN client_id LIKE '~expiry:%' THEN 'expiry' WHEN client_id LIKE '~closeout:%' THEN 'close-out' ELSE 'trade' END) STORED;
