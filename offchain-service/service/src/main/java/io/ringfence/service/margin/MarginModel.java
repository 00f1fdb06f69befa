package io.ringfence.service.margin;

import io.ringfence.margin.Instrument;
import io.ringfence.margin.MarginException;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Keccak;
import java.util.List;

/** The model by which the venue computes requirements. */
public interface MarginModel {

  /** The formulas' name and every figure of them: canonical JSON in UTF-8. */
  byte[] parameters();

  /** Commitment to them: Keccak-256 of {@link #parameters}. */
  default Hash hash() {
    return Keccak.of(parameters());
  }

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
