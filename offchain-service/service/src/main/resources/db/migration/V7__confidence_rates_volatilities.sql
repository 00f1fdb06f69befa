-- What portfolio margin is computed from beside prices: how far a quote can be relied on, rates to an expiry, volatilities of options.
ALTER TABLE price ADD COLUMN confidence numeric NOT NULL DEFAULT 1 CHECK (confidence >= 0 AND confidence <= 1);
ALTER TABLE price_history ADD COLUMN confidence numeric NOT NULL DEFAULT 1;

ALTER TABLE price DROP CONSTRAINT price_kind_check;
ALTER TABLE price ADD CONSTRAINT price_kind_check CHECK (kind IN ('spot', 'mark', 'forward', 'rate', 'volatility'));
ALTER TABLE price DROP CONSTRAINT price_value_check;
ALTER TABLE price ADD CONSTRAINT price_value_check CHECK (value > 0 OR kind = 'rate');
