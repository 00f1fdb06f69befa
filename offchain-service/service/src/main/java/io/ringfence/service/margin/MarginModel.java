package io.ringfence.service.margin;

import io.ringfence.margin.Instrument;
import io.ringfence.margin.MarginException;
import io.ringfence.reserves.Hash;
import java.util.List;

/** The model by which the venue computes requirements. */
public interface MarginModel {

  /** Commitment to the formulas and every figure of them: Keccak-256 of the canonical JSON of the parameters. */
  Hash hash();

  /**
   * The requirements of accounts at one moment. A position that has expired and is not settled counts as it last did.
   *
   * @return one for each subject, in their order; an account without positions requires nothing
   * @throws MarginException naming what is not quoted, or does not fit
   */
  List<Requirement> requirements(List<MarginSubject> subjects, MarginMarket market);

  /** The requirement of one account; as {@link #requirements}. */
  default Requirement requirement(MarginSubject subject, MarginMarket market) {
    return requirements(List.of(subject), market).getFirst();
  }

  /** How one account's requirement comes about; as {@link #requirements}. */
  Breakdown breakdown(MarginSubject subject, MarginMarket market);

  /** The quotes that a position in the instrument is valued by. */
  List<QuoteNeed> needs(Instrument instrument);
}
