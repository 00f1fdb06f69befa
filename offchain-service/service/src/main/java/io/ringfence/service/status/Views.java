package io.ringfence.service.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.ringfence.service.domain.AcceptedAsset;
import io.ringfence.service.domain.AuctionLot;
import io.ringfence.service.domain.DefaultCase;
import io.ringfence.service.domain.Epoch;
import io.ringfence.service.domain.ListedInstrument;
import io.ringfence.service.domain.LotTake;
import io.ringfence.service.domain.MarginCall;
import io.ringfence.service.domain.RegisteredVenue;
import io.ringfence.service.margin.StaleQuote;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What reads answer: amounts as decimal text, block numbers and chain seconds as numbers, and nothing where there is nothing to say. */
final class Views {

  private Views() {}

  /** The venue as the registry has it, with what it accepts as collateral, the settlement asset first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VenueView(
      long venue,
      String venueKey,
      String settlementAsset,
      String pool,
      String fund,
      long policyVersion,
      List<String> attestors,
      Integer threshold,
      List<AssetView> assets) {
    static VenueView of(RegisteredVenue venue, List<AcceptedAsset> assets) {
      return new VenueView(venue.id(), venue.venueKey(), venue.settlementAsset(), venue.pool(), venue.fund(), venue.policyVersion(),
          venue.attestors(), venue.threshold(), assets.stream().map(AssetView::of).toList());
    }
  }

  /** An accepted asset; {@code maxAge} of a price in seconds. */
  public record AssetView(String token, int decimals, int haircutBps, String feed, int feedDecimals, long maxAge) {
    static AssetView of(AcceptedAsset asset) {
      return new AssetView(
          asset.token(), asset.decimals(), asset.haircutBps(), asset.feed(), asset.feedDecimals(), asset.maxAge());
    }
  }

  /** An instrument; {@code expiresAt} only of one that expires. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record InstrumentView(String name, String underlying, OffsetDateTime expiresAt, OffsetDateTime firstSeen) {
    static InstrumentView of(ListedInstrument instrument) {
      return new InstrumentView(instrument.name(), instrument.underlying(), instrument.expiresAt(), instrument.firstSeen());
    }
  }

  /** What the chain shows anybody of an account; {@code balances} by token. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PublicAccount(String account, Long index, String status, String settled, Map<String, String> balances) {}

  /** The price that settles an expiry, and how many positions it has closed. */
  public record ExpiryView(String id, String underlying, String expiry, String price, long booked) {}

  /**
   * An account with its line in the newest root, if it has one; {@code stale} lists what that line rests on that was old when the root was
   * made, or had expired and had no settlement price.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AccountView(
      String account,
      String owner,
      String number,
      Long index,
      String status,
      Long pledgedBlock,
      Long epoch,
      String credit,
      String debit,
      String net,
      String initialMargin,
      String maintenanceMargin,
      @JsonRawValue @Schema(implementation = Object.class) String positions,
      List<StaleQuote> stale,
      String settled,
      Map<String, String> balances) {}

  /** A margin call. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CallView(
      String account,
      long index,
      long epoch,
      String initialMargin,
      long deadline,
      boolean maintenance,
      String caller,
      long calledBlock,
      String state,
      Long endedBlock) {
    static CallView of(MarginCall call) {
      return new CallView(call.account(), call.index(), call.epoch(), text(call.initialMargin()), call.deadline(), call.maintenance(),
          call.caller(), call.calledBlock(), call.state(), call.endedBlock());
    }
  }

  /** A default; what is not known yet is left out. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DefaultView(
      String account,
      long index,
      String state,
      long epoch,
      String owed,
      String declarer,
      long declaredTime,
      String finalNet,
      String evidence,
      String loss,
      String fromAccount,
      String fromVenue,
      String fromMembers,
      String shortfall,
      String reward,
      String penalty,
      Long resolvedBlock) {
    static DefaultView of(DefaultCase one) {
      return new DefaultView(one.account(), one.index(), one.state(), one.epoch(), text(one.owed()), one.declarer(), one.declaredTime(),
          text(one.finalNet()), one.evidence(), text(one.loss()), text(one.fromAccount()), text(one.fromVenue()), text(one.fromMembers()),
          text(one.shortfall()), text(one.reward()), text(one.penalty()), one.resolvedBlock());
    }
  }

  /** An auction lot with what was taken of it, oldest first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LotView(
      String lot,
      String account,
      String token,
      String amount,
      String remaining,
      String startPrice,
      String floorPrice,
      long startTime,
      long duration,
      int resets,
      String state,
      String unsold,
      List<TakeView> takes) {
    static LotView of(AuctionLot lot, List<LotTake> takes) {
      return new LotView(text(lot.lot()), lot.account(), lot.token(), text(lot.amount()), text(lot.remaining()), text(lot.startPrice()),
          text(lot.floorPrice()), lot.startTime(), lot.duration(), lot.resets(), lot.state(), text(lot.unsold()),
          takes.stream().map(TakeView::of).toList());
    }
  }

  /** A take; taker and price are null where the venue's own tranche bought at the floor. */
  public record TakeView(String taker, String amount, String price, String payment, long block) {
    static TakeView of(LotTake take) {
      return new TakeView(take.taker(), text(take.amount()), text(take.price()), text(take.payment()), take.block());
    }
  }

  /** The fund's tranches and the settlement pool: sums of postings, settlement units. */
  public record FundView(
      String fund, String pool, String settlementAsset, String venueTranche, String memberTranche, String poolBalance) {}

  /** A root in a list. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EpochLine(
      long epoch,
      long snapshotBlock,
      String structHash,
      String state,
      boolean settles,
      String postedTx,
      Long postedBlock,
      Long postedTime,
      String root,
      String totalCredit,
      String totalDebit,
      long accounts) {}

  /** A root with its signatures and the preimages of its commitments, all in the form of {@code docs/wire.md}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EpochView(
      long epoch,
      String state,
      String structHash,
      @JsonRawValue @Schema(implementation = Object.class) String header,
      @JsonRawValue @Schema(implementation = Object.class) String signatures,
      @JsonRawValue @Schema(implementation = Object.class) String prices,
      @JsonRawValue @Schema(implementation = Object.class) String market,
      @JsonRawValue @Schema(implementation = Object.class) String parameters,
      String postedTx,
      Long postedBlock) {
    static EpochView of(Epoch epoch) {
      return new EpochView(epoch.epoch(), epoch.state(), epoch.structHash(), epoch.header(), epoch.signatures(), epoch.prices(),
          epoch.market(), epoch.parameters(), epoch.postedTx(), epoch.postedBlock());
    }
  }

  static String text(BigInteger amount) {
    return amount == null ? null : amount.toString();
  }
}
