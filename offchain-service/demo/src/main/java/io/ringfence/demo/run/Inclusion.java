package io.ringfence.demo.run;

import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.Leaf;
import io.ringfence.demo.scenario.Role;
import io.ringfence.demo.system.DemoException;
import java.math.BigInteger;
import java.util.List;

/**
 * What a client can check for itself.
 *
 * @param verifiedBy whose leaf the chain found in the newest root
 * @param verified whether it did
 * @param forgedBy whose leaf was tried with one unit more of credit
 * @param forgedRejected whether the chain refused that
 * @param error by which named error
 */
public record Inclusion(String verifiedBy, boolean verified, String forgedBy, boolean forgedRejected, String error) {

  /** Has one client verify its leaf and another one try a credit that is not its own. */
  static Inclusion check(Stage stage) {
    Proofs proofs = new Proofs(stage);
    List<Member> creditors = stage.cast().inRole(Role.STEADY).stream()
        .filter(member -> stage.record(member.account()).venue() != 0)
        .filter(member -> proofs.newest(member).leaf().credit().signum() > 0)
        .limit(2)
        .toList();
    if (creditors.size() < 2) {
      throw new DemoException("the newest root owes nobody anything, so nobody can verify a credit");
    }
    Member honest = creditors.getFirst();
    Member forger = creditors.getLast();
    AccountProof proof = proofs.newest(honest);
    stage.contracts().log().verifyInclusion(proof.header(), proof.leaf(), proof.siblings());
    AccountProof other = proofs.newest(forger);
    stage.contracts().log().verifyInclusion(other.header(), other.leaf(), other.siblings());
    try {
      stage.contracts().log().verifyInclusion(other.header(), withMoreCredit(other.leaf()), other.siblings());
    } catch (CallRefusedException refused) {
      return new Inclusion(honest.client().name(), true, forger.client().name(), true, refused.revert().error());
    } catch (RpcException.Refused unnamed) {
      return new Inclusion(honest.client().name(), true, forger.client().name(), false, unnamed.getMessage());
    }
    return new Inclusion(honest.client().name(), true, forger.client().name(), false, "nothing");
  }

  private static Leaf withMoreCredit(Leaf leaf) {
    return new Leaf(leaf.index(), leaf.account(), leaf.credit().add(BigInteger.ONE), leaf.debit(), leaf.initialMargin(),
        leaf.maintenanceMargin(), leaf.positionsHash(), leaf.salt());
  }
}
