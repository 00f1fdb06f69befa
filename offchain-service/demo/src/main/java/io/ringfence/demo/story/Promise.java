package io.ringfence.demo.story;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.type.WithdrawalDoor;
import java.util.ArrayList;
import java.util.List;

/** What the demonstration promises to show, checked against what happened. */
public final class Promise {

  private static final int MANY_DEFAULTS = 3;

  private Promise() {}

  /**
   * What did not happen.
   *
   * @param lostTakes takes that the chain refused because another keeper was faster
   * @return one sentence each; empty if everything did
   */
  public static List<String> broken(Story story, int lostTakes) {
    List<String> broken = new ArrayList<>();
    require(broken, story.depositsBeforeOpening() > 0, "no deposit came to an address that did not exist yet");
    require(broken, withdrawals(story, WithdrawalDoor.CONSENT) > 0, "nobody withdrew with the venue's consent");
    require(broken, withdrawals(story, WithdrawalDoor.REQUEST) > 0, "nobody withdrew by request and root");
    require(broken, story.count(ChainEvent.WithdrawalCancelled.class) > 0, "no withdrawal was refused by the chain");
    require(broken, story.count(ChainEvent.EpochPosted.class) > 0, "no root was posted");
    require(broken, !story.settlements().isEmpty(), "nothing was settled");
    require(broken, story.count(ChainEvent.MarginCalled.class) > 0, "nobody was called");
    require(broken, story.curesByTopUp() > 0, "nobody cured a call by paying in");
    require(broken, story.count(ChainEvent.DefaultDeclared.class) >= MANY_DEFAULTS, "fewer than three accounts defaulted");
    require(broken, story.losses().size() == story.count(ChainEvent.DefaultDeclared.class), "a default was not resolved");
    require(broken, story.count(ChainEvent.LotTaken.class) > 0, "nothing was sold at auction");
    require(broken, lostTakes > 0, "no take was lost to another keeper");
    require(broken, !story.surpluses().isEmpty(), "no defaulter got a surplus back");
    require(broken, story.losses().stream().anyMatch(loss -> Story.positive(loss.fromVenue()) && Story.positive(loss.fromMembers())),
        "no loss went through the venue's tranche into the members'");
    for (ChainEvent.DefaultResolved loss : story.losses()) {
      require(broken, loss.fromAccount().add(loss.fromVenue()).add(loss.fromMembers()).add(loss.shortfall()).equals(loss.loss()),
          "the loss of " + loss.account() + " is not the sum of its parts");
    }
    return broken;
  }

  private static int withdrawals(Story story, WithdrawalDoor door) {
    return story.count(ChainEvent.Withdrawn.class, withdrawn -> withdrawn.door() == door);
  }

  private static void require(List<String> broken, boolean kept, String otherwise) {
    if (!kept) {
      broken.add(otherwise);
    }
  }
}
