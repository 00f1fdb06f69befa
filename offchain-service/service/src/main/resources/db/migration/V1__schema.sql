-- The service's store. The ledger is `journal` and `posting`: append-only, one journal entry per on-chain event, each balanced to zero
-- per asset. Every other table about the chain is a projection that can be rebuilt from the journal.
-- Addresses and hashes are lower-case 0x text; token and settlement amounts are whole smallest units; block times are unix seconds.

-- Access -----------------------------------------------------------------------------------------------------------------------

CREATE TABLE credential (
  id          text PRIMARY KEY,
  venue       bigint,                       -- null: every venue (only an admin's)
  role        text NOT NULL CHECK (role IN ('admin', 'trading', 'market-data', 'operator', 'reader')),
  name        text NOT NULL,
  secret_hash bytea NOT NULL,                -- SHA-256 of a 256-bit random secret
  created_at  timestamptz NOT NULL DEFAULT now(),
  revoked_at  timestamptz,
  CHECK (venue IS NOT NULL OR role = 'admin')
);

-- What a client-made id was first used for, and what was answered.
CREATE TABLE request (
  venue      bigint NOT NULL,
  client_id  text NOT NULL,
  kind       text NOT NULL,
  body_hash  text NOT NULL,
  response   jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (venue, kind, client_id)
);

-- Chain and ledger -------------------------------------------------------------------------------------------------------------

CREATE TABLE chain_cursor (
  one          boolean PRIMARY KEY DEFAULT true CHECK (one),
  chain_id     bigint NOT NULL,
  vault        text NOT NULL,                -- a data directory belongs to one deployment
  block_number bigint NOT NULL,
  block_hash   text NOT NULL
);

CREATE TABLE chain_block (
  hash      text PRIMARY KEY,
  number    bigint NOT NULL,
  parent    text NOT NULL,
  time      bigint NOT NULL,
  canonical boolean NOT NULL
);
CREATE UNIQUE INDEX chain_block_canonical ON chain_block (number) WHERE canonical;

-- A reorganisation adds an entry that undoes (`undo`) the one it `reverses`; should that block come back, a further entry reverses
-- the undoing.
-- In effect are the entries that undo nothing and that nothing reverses: the view below.
CREATE TABLE journal (
  id           bigserial PRIMARY KEY,
  block_number bigint NOT NULL,
  block_hash   text NOT NULL,
  block_time   bigint NOT NULL,
  log_index    bigint NOT NULL,
  tx_hash      text NOT NULL,
  emitter      text NOT NULL,
  kind         text NOT NULL,
  account      text,                         -- the segregated account the event is about, when there is one
  venue        bigint,
  event        jsonb NOT NULL,
  reverses     bigint REFERENCES journal (id),
  undo         boolean NOT NULL DEFAULT false,
  UNIQUE NULLS NOT DISTINCT (block_hash, log_index, reverses),
  CHECK (NOT undo OR reverses IS NOT NULL)
);
CREATE UNIQUE INDEX journal_reverses ON journal (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX journal_block ON journal (block_number, log_index);
CREATE INDEX journal_account ON journal (account, block_number) WHERE account IS NOT NULL;

CREATE VIEW journal_in_effect AS
  SELECT * FROM journal entry WHERE NOT undo AND NOT EXISTS (SELECT 1 FROM journal later WHERE later.reverses = entry.id);

-- ledger_account: account:0x.. | pool:VENUE | fund:VENUE | tranche:VENUE:1|2 | external | settled:0x.. | settled-total:VENUE
-- asset: a token's address, or settled:VENUE for the vault's settled counters
CREATE TABLE posting (
  id             bigserial PRIMARY KEY,
  journal_id     bigint NOT NULL REFERENCES journal (id),
  ledger_account text NOT NULL,
  asset          text NOT NULL,
  amount         numeric(78, 0) NOT NULL CHECK (amount <> 0)
);
CREATE INDEX posting_account ON posting (ledger_account, asset);
CREATE INDEX posting_journal ON posting (journal_id);

-- Projections of events --------------------------------------------------------------------------------------------------------

CREATE TABLE venue (
  id               bigint PRIMARY KEY,
  venue_key        text NOT NULL,
  settlement_asset text NOT NULL,
  pool             text NOT NULL,
  fund             text NOT NULL,
  policy_version   bigint NOT NULL,
  parameters       jsonb,
  attestors        text[],
  threshold        integer,
  block            bigint NOT NULL
);

CREATE TABLE venue_asset (
  venue         bigint NOT NULL,
  position      integer NOT NULL,
  token         text NOT NULL,
  decimals      integer NOT NULL,
  haircut_bps   integer NOT NULL,
  feed          text NOT NULL,
  feed_decimals integer NOT NULL,
  max_age       bigint NOT NULL,
  PRIMARY KEY (venue, position)
);

CREATE TABLE account (
  address        text PRIMARY KEY,
  owner          text NOT NULL,
  number         numeric(29, 0) NOT NULL,
  opened_block   bigint NOT NULL,
  venue          bigint,                    -- null while unpledged
  idx            bigint,
  status         text NOT NULL CHECK (status IN ('UNPLEDGED', 'ACTIVE', 'CALLED', 'CLOSING_OUT', 'LOSS_FIXED')),
  pledged_block  bigint,
  released_block bigint,
  debit_cap      numeric(29, 0)
);
CREATE INDEX account_venue ON account (venue, idx);
CREATE INDEX account_owner ON account (owner);

CREATE TABLE pledge (
  venue          bigint NOT NULL,
  idx            bigint NOT NULL,
  account        text NOT NULL,
  policy_version bigint NOT NULL,
  debit_cap      numeric(29, 0) NOT NULL,
  from_block     bigint NOT NULL,
  to_block       bigint,                     -- null while it lasts
  PRIMARY KEY (venue, idx)
);
CREATE INDEX pledge_account ON pledge (account);

CREATE TABLE withdrawal_request (
  id              numeric(78, 0) PRIMARY KEY,
  account         text NOT NULL,
  token           text NOT NULL,
  amount          numeric(78, 0) NOT NULL,
  to_address      text NOT NULL,
  state           text NOT NULL CHECK (state IN ('open', 'cancelled', 'finalised')),
  requested_block bigint NOT NULL,
  ended_block     bigint,
  epoch           bigint
);
CREATE INDEX withdrawal_request_account ON withdrawal_request (account) WHERE state = 'open';

CREATE TABLE claim (
  venue   bigint NOT NULL,
  account text NOT NULL,
  amount  numeric(78, 0) NOT NULL,
  paid    numeric(78, 0) NOT NULL DEFAULT 0,
  PRIMARY KEY (venue, account)
);

CREATE TABLE margin_call (
  id             bigint PRIMARY KEY,         -- its journal entry
  account        text NOT NULL,
  venue          bigint NOT NULL,
  idx            bigint NOT NULL,
  epoch          bigint NOT NULL,
  initial_margin numeric(29, 0) NOT NULL,
  deadline       bigint NOT NULL,
  maintenance    boolean NOT NULL,
  caller         text NOT NULL,
  called_block   bigint NOT NULL,
  state          text NOT NULL CHECK (state IN ('open', 'cured', 'lapsed', 'defaulted')),
  ended_block    bigint
);
CREATE UNIQUE INDEX margin_call_open ON margin_call (account) WHERE state = 'open';

CREATE TABLE default_case (
  account        text NOT NULL,
  venue          bigint NOT NULL,
  idx            bigint NOT NULL,
  state          text NOT NULL CHECK (state IN ('closing-out', 'reported', 'loss-fixed', 'resolved')),
  epoch          bigint NOT NULL,
  owed           numeric(78, 0) NOT NULL,
  declarer       text NOT NULL,
  declared_block bigint NOT NULL,
  declared_time  bigint NOT NULL,
  reported_block bigint,
  reported_time  bigint,
  final_net      numeric(78, 0),
  evidence       text,
  loss           numeric(78, 0),
  fixed_block    bigint,
  from_account   numeric(78, 0),
  from_venue     numeric(78, 0),
  from_members   numeric(78, 0),
  shortfall      numeric(78, 0),
  reward         numeric(78, 0),
  penalty        numeric(78, 0),
  resolved_block bigint,
  PRIMARY KEY (venue, idx)
);
CREATE INDEX default_case_account ON default_case (account);

CREATE TABLE auction_lot (
  lot           numeric(78, 0) PRIMARY KEY,
  account       text NOT NULL,
  venue         bigint NOT NULL,
  idx           bigint NOT NULL,
  token         text NOT NULL,
  amount        numeric(78, 0) NOT NULL,     -- when it started
  remaining     numeric(78, 0) NOT NULL,
  start_price   numeric(78, 0) NOT NULL,
  floor_price   numeric(78, 0) NOT NULL,
  start_time    bigint NOT NULL,
  duration      bigint NOT NULL,
  resets        integer NOT NULL DEFAULT 0,
  state         text NOT NULL CHECK (state IN ('live', 'closed')),
  started_block bigint NOT NULL,
  closed_block  bigint,
  unsold        numeric(78, 0)
);
CREATE INDEX auction_lot_account ON auction_lot (account);

CREATE TABLE take (
  id       bigint PRIMARY KEY,               -- its journal entry
  lot      numeric(78, 0) NOT NULL,
  taker    text,                             -- null: the venue's own tranche bought at the floor
  receiver text,
  amount   numeric(78, 0) NOT NULL,
  price    numeric(78, 0),
  payment  numeric(78, 0) NOT NULL,
  block    bigint NOT NULL
);
CREATE INDEX take_lot ON take (lot);

CREATE TABLE settlement_skip (
  id      bigint PRIMARY KEY,                -- its journal entry
  account text NOT NULL,
  venue   bigint NOT NULL,
  epoch   bigint NOT NULL,
  reason  text NOT NULL,
  block   bigint NOT NULL
);

-- Feeds ------------------------------------------------------------------------------------------------------------------------

CREATE TABLE fill (
  venue       bigint NOT NULL,
  client_id   text NOT NULL,
  account     text NOT NULL,
  idx         bigint NOT NULL,               -- the pledge it belongs to
  instrument  text NOT NULL,
  quantity    numeric NOT NULL,
  price       numeric NOT NULL,
  fee         numeric NOT NULL,
  time        timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  seq         bigserial NOT NULL,
  PRIMARY KEY (venue, client_id)
);
CREATE INDEX fill_pledge ON fill (venue, idx, seq);

CREATE TABLE price (
  venue       bigint NOT NULL,
  instrument  text NOT NULL,                 -- the underlying for a spot price
  kind        text NOT NULL CHECK (kind IN ('spot', 'mark', 'forward')),
  value       numeric NOT NULL CHECK (value > 0),
  time        timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (venue, instrument, kind)
);

CREATE TABLE price_history (
  venue       bigint NOT NULL,
  client_id   text NOT NULL,
  instrument  text NOT NULL,
  kind        text NOT NULL,
  value       numeric NOT NULL,
  time        timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  seq         bigserial NOT NULL,
  PRIMARY KEY (venue, client_id)
);
CREATE INDEX price_history_series ON price_history (venue, instrument, kind, time DESC);

-- Roots ------------------------------------------------------------------------------------------------------------------------

CREATE TABLE epoch (
  venue          bigint NOT NULL,
  epoch          bigint NOT NULL,
  snapshot_block bigint NOT NULL,
  header         jsonb NOT NULL,
  struct_hash    text NOT NULL,
  prices         jsonb NOT NULL,
  market         jsonb,                      -- preimage of the prices' market commitment
  signatures     jsonb,
  settles        boolean NOT NULL DEFAULT false,
  state          text NOT NULL CHECK (state IN ('built', 'signed', 'posted', 'superseded')),
  posted_tx      text,
  posted_block   bigint,
  created_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (venue, epoch)
);

-- Every root that the chain has, whoever sent it: a projection of EpochPosted.
CREATE TABLE posted_epoch (
  venue          bigint NOT NULL,
  epoch          bigint NOT NULL,
  struct_hash    text NOT NULL,
  snapshot_block bigint NOT NULL,
  block          bigint NOT NULL,
  time           bigint NOT NULL,
  tx_hash        text NOT NULL,
  accounts       bigint NOT NULL,
  root           text NOT NULL,
  total_credit   numeric(39, 0) NOT NULL,
  total_debit    numeric(39, 0) NOT NULL,
  settles        boolean NOT NULL,
  PRIMARY KEY (venue, epoch)
);

CREATE TABLE epoch_leaf (
  venue          bigint NOT NULL,
  epoch          bigint NOT NULL,
  idx            bigint NOT NULL,
  account        text NOT NULL,
  credit         numeric(29, 0) NOT NULL,
  debit          numeric(29, 0) NOT NULL,
  im             numeric(29, 0) NOT NULL,
  mm             numeric(29, 0) NOT NULL,
  positions      jsonb NOT NULL,
  positions_salt text NOT NULL,
  positions_hash text NOT NULL,
  salt           text NOT NULL,
  PRIMARY KEY (venue, epoch, idx)
);
CREATE INDEX epoch_leaf_account ON epoch_leaf (account, epoch);

-- Transactions and consents ----------------------------------------------------------------------------------------------------

-- Nonce, intent and signed bytes are one row, committed before broadcast; a replacement is a row of its own.
CREATE TABLE intent (
  id          text NOT NULL,                 -- client-made: the same id never sends twice
  replacement integer NOT NULL DEFAULT 0,
  sender      text NOT NULL,
  nonce       bigint NOT NULL,
  to_address  text NOT NULL,
  data        bytea NOT NULL,
  signed      bytea NOT NULL,
  hash        text NOT NULL,
  fees        jsonb NOT NULL,
  state       text NOT NULL,
  receipt     jsonb,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, replacement),
  UNIQUE (sender, nonce, replacement)
);
CREATE INDEX intent_open ON intent (sender, nonce) WHERE receipt IS NULL;

CREATE TABLE consent (
  id                bigserial PRIMARY KEY,
  venue             bigint NOT NULL,
  account           text NOT NULL,
  idx               bigint NOT NULL,
  token             text NOT NULL,
  amount            numeric(78, 0) NOT NULL,
  to_address        text NOT NULL,
  nonce             bigint NOT NULL,
  deadline          bigint NOT NULL,
  signature         text NOT NULL,
  client_request_id text NOT NULL,
  state             text NOT NULL,
  created_at        timestamptz NOT NULL DEFAULT now(),
  UNIQUE (venue, client_request_id)
);
CREATE INDEX consent_account ON consent (account, idx);
