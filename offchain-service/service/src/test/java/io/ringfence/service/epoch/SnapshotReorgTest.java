package io.ringfence.service.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.type.Address;
import io.ringfence.service.engine.EngineProfile;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import io.ringfence.service.transaction.Sender;
import jakarta.inject.Inject;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** A root is signed for one block of one chain: when that block goes, so does the candidate. */
@ServiceTest
@TestProfile(EngineProfile.Reorganised.class)
class SnapshotReorgTest {

  private static final Address STRANGER = new Address("0x00000000000000000000000000000000000000bb");

  @Inject TestChain chain;
  @Inject EpochRound round;
  @Inject EpochStore store;
  @Inject Sender sender;

  @Test
  void candidateWhoseSnapshotIsGoneIsNotPostedAndANewOneFollows() {
    chain.pledgedAccount();
    long next = newest() + 1;
    String before = chain.node().snapshot();
    round.prepare(next);
    EpochStore.Stored orphan = store.find(next).orElseThrow();

    chain.node().revert(before);
    chain.mint("USDC", STRANGER, BigInteger.ONE);
    chain.node().mine(4);
    chain.catchUp();
    assertThat(round.post()).isEqualTo(next - 1);
    assertThat(newest()).isEqualTo(next - 1);
    assertThat(store.find(next)).isEmpty();

    sender.resume();
    assertThat(round.post()).isEqualTo(next);
    EpochStore.Stored posted = store.find(next).orElseThrow();
    assertThat(posted.header().structHash()).isNotEqualTo(orphan.header().structHash());
    assertThat(posted.header().previous()).isEqualTo(orphan.header().previous());
    assertThat(chain.rpc().block(BlockTag.at(posted.header().snapshotBlock())).orElseThrow().hash().hex())
        .isEqualTo(posted.header().snapshotHash().hex());
  }

  private long newest() {
    return chain.contracts().log().newest(1);
  }
}
