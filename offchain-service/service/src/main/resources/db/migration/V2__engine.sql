-- What the engine adds to the store: which epoch first counted a fill, what roots cut after a shortfall, close-outs, settling requests.

ALTER TABLE fill ADD COLUMN epoch bigint;   -- null: no root has counted it yet
CREATE INDEX fill_unfrozen ON fill (venue) WHERE epoch IS NULL;

ALTER TABLE epoch ADD COLUMN params jsonb;  -- preimage of the header's paramsHash

-- What a root cut from an account's result after a shortfall, settlement units; cumulative over epochs.
CREATE TABLE owing_cut (
  venue  integer NOT NULL,
  epoch  bigint NOT NULL,
  idx    bigint NOT NULL,
  amount numeric(29, 0) NOT NULL CHECK (amount > 0),
  PRIMARY KEY (venue, epoch, idx)
);

-- The venue's side of a default: every position closed against the house at one set of marks.
CREATE TABLE close_out (
  venue      integer NOT NULL,
  idx        bigint NOT NULL,
  account    text NOT NULL,
  final_net  numeric(78, 0) NOT NULL,        -- settlement units, signed
  evidence   text NOT NULL,                  -- keccak256 of the canonical JSON below
  fills      text NOT NULL,                  -- that JSON, byte for byte
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (venue, idx)
);

-- An operator's wish that the next root settle; `epoch` once a candidate took it up.
CREATE TABLE settling_request (
  venue      integer NOT NULL,
  client_id  text NOT NULL,
  epoch      bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (venue, client_id)
);

-- What the transaction manager needs to make an intent's attempts again.
ALTER TABLE intent ADD COLUMN value numeric(78, 0) NOT NULL DEFAULT 0;  -- wei
ALTER TABLE intent ADD COLUMN gas_limit bigint;
ALTER TABLE intent ADD COLUMN mined_as text;                            -- hash of the attempt that was mined

-- Settling roots whose batches have all been sent; what they could not move waits for the next one.
CREATE TABLE settlement_run (
  venue       integer NOT NULL,
  epoch       bigint NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (venue, epoch)
);
