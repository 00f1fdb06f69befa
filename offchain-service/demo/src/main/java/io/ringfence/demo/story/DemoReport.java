package io.ringfence.demo.story;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.audit.Reconciliation;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.demo.run.Inclusion;

/** The run's result as JSON: counts as integers, amounts as decimal text in the smallest units of their asset. */
public final class DemoReport {

  private DemoReport() {}

  /** @param seconds wall-clock time of the run */
  public static ObjectNode of(Story story, Reconciliation reconciliation, Inclusion inclusion, long seconds) {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("deposits", story.deposits().size());
    report.put("roots", story.count(ChainEvent.EpochPosted.class));
    report.put("calls", story.count(ChainEvent.MarginCalled.class));
    report.put("cures", story.count(ChainEvent.MarginCured.class));
    report.put("defaults", story.count(ChainEvent.DefaultDeclared.class));
    report.put("takes", story.count(ChainEvent.LotTaken.class));
    report.put("settlements", story.settlements().size());
    ArrayNode losses = report.putArray("losses");
    for (ChainEvent.DefaultResolved loss : story.losses()) {
      ObjectNode entry = losses.addObject();
      entry.put("account", loss.account().hex());
      entry.put("loss", loss.loss().toString());
      entry.put("fromAccount", loss.fromAccount().toString());
      entry.putArray("fromTranches").add(loss.fromVenue().toString()).add(loss.fromMembers().toString());
      entry.put("shortfall", loss.shortfall().toString());
    }
    report.putObject("reconciliation")
        .put("checked", reconciliation.checked())
        .put("mismatches", reconciliation.mismatches().size() + reconciliation.unbalanced().size());
    report.putObject("inclusion").put("verified", inclusion.verified()).put("forgedRejected", inclusion.forgedRejected());
    report.put("seconds", seconds);
    return report;
  }
}
