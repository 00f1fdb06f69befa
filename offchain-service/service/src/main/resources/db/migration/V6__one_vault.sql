-- The vault's parts speak at one address, and some of what they say has changed: projections follow, and are rebuilt from the journal.

ALTER TABLE venue ADD COLUMN guardian text;

ALTER TABLE account DROP CONSTRAINT account_status_check;
ALTER TABLE account ADD CONSTRAINT account_status_check
  CHECK (status IN ('UNPLEDGED', 'ACTIVE', 'CALLED', 'CLOSING_OUT', 'LOSS_FIXED', 'EXITING'));

-- An account has at most one request a token; it has no number on the chain, and ends with its pledge.
DROP TABLE withdrawal_request;
CREATE TABLE withdrawal_request (
  id              bigint PRIMARY KEY,        -- its journal entry
  account         text NOT NULL,
  token           text NOT NULL,
  amount          numeric(78, 0) NOT NULL,
  to_address      text NOT NULL,
  state           text NOT NULL CHECK (state IN ('open', 'cancelled', 'finalised', 'released')),
  requested_block bigint NOT NULL,
  ended_block     bigint,
  epoch           bigint
);
CREATE UNIQUE INDEX withdrawal_request_open ON withdrawal_request (account, token) WHERE state = 'open';

-- Members' shares of a fund: a contract of its own for each series. Known before the venue that the fund is of.
CREATE TABLE fund_series (
  fund         text NOT NULL,
  number       bigint NOT NULL,
  series       text NOT NULL,
  opened_block bigint NOT NULL,
  closed_block bigint,
  residue      numeric(78, 0),
  PRIMARY KEY (fund, number)
);
