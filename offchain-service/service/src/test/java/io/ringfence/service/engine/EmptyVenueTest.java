package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.VenueState;
import io.ringfence.service.epoch.EpochRound;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.testing.Books;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A venue to which nobody has pledged yet. */
@ServiceTest
@TestProfile(EngineProfile.Empty.class)
class EmptyVenueTest {

  @Inject TestChain chain;
  @Inject VenueDriver venue;
  @Inject EpochRound round;
  @Inject EpochStore epochs;
  @Inject Books books;

  @Test
  void isBroughtBackFromItsSuspensionByARootOfNobody() {
    venue.prices(60_000, 3_000);
    assertThat(round.post()).as("no root while it is live").isZero();
    venue.pass(chain.contracts().registry().parameters(VenueDriver.VENUE).suspendAfter() + 60);
    venue.prices(60_000, 3_000);
    assertThat(state()).isEqualTo(VenueState.SUSPENDED);

    assertThat(round.post()).isEqualTo(1);
    assertThat(epochs.root(1).orElseThrow().leaves()).isEmpty();
    assertThat(state()).isEqualTo(VenueState.LIVE);
    assertThat(round.post()).isEqualTo(1);

    assertThat(chain.contracts().vault().record(chain.pledgedAccount()).status()).isEqualTo(AccountStatus.ACTIVE);
    assertThat(round.post()).isEqualTo(2);
    chain.catchUp();
    books.assertLedgerEqualsChain();
  }

  private VenueState state() {
    return chain.contracts().registry().state(VenueDriver.VENUE);
  }
}
