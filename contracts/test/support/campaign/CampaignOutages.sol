// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILotDesk} from "../../../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../../../src/interfaces/ILotTaking.sol";
import {Lot} from "../../../src/interfaces/Types.sol";
import {CampaignVenue} from "./CampaignVenue.sol";
import {Act, Inv} from "./CampaignKinds.sol";

/// @notice A rollup's sequencer that stops and comes back: nobody could cure, answer or bid meanwhile, and nobody loses by that.
abstract contract CampaignOutages is CampaignVenue {
    function _goDown() internal {
        if (_upSince() == 0 || _isDown()) return;
        sequencer.set(true, clock);
        _count(Act.STOP_SEQUENCER, true);
    }

    function _comeUp() internal {
        if (!_isDown()) return;
        _pass(1);
        sequencer.set(false, clock);
        _count(Act.START_SEQUENCER, true);
    }

    /// @dev Now and then, where there is a sequencer: it is down for a while, and up again most of the time.
    function _mayGoDown(uint256 seed) internal returns (bool) {
        if (_upSince() == 0 || !_chance(seed, 4)) return false;
        _goDown();
        _pass(1 + ((seed >> 8) % 900));
        if (!_chance(seed >> 32, 4)) _comeUp();
        return true;
    }

    // -- calls and demands ---------------------------------------------------------------------------------------------------

    /// @dev When a called account may be declared: after an outage it has its whole window again.
    function _deadlineByHand(address account) internal view returns (uint256 deadline) {
        deadline = defaults.caseOf(account).time;
        uint256 since = _upSince();
        if (since == 0) return deadline;
        uint256 extended = _clockAtByHand(_venueOf(account), since) + registry.parametersOf(account).cureWindow;
        if (extended > deadline) deadline = extended;
    }

    /// @dev When a demand is unanswered: after an outage the venue has its whole time again, and a short one fails no venue.
    function _unansweredFrom(address account) internal view returns (uint256 until) {
        uint256 since = _upSince();
        (uint256 madeAt, uint256 answerBy) = (disputes.demandOf(account).madeAt, disputes.demandOf(account).answerBy);
        return since > madeAt ? since + (answerBy - madeAt) : answerBy;
    }

    // -- auctions ------------------------------------------------------------------------------------------------------------

    /// @dev Whether an outage fell into the lot's run. Its price fell while nobody could bid.
    function _isInterrupted(uint256 lot) internal view returns (bool) {
        uint256 since = _upSince();
        if (since == 0) return false;
        Lot memory sale = auction.lotOf(lot);
        return _isDown() || _clockAtByHand(uint32(lot >> 40), since) > sale.startTime;
    }

    /// @notice auctionBounded: a sequencer outage restarts the run. Until then nobody takes of it, and neither fund nor pool is given it at
    /// the floor.
    /// @return again whether the lot is on sale again
    function _overcomeOutage(uint256 lot, uint256 seed) internal returns (bool again) {
        if (!_isInterrupted(lot)) return true;
        bytes[3] memory calls = [
            abi.encodeCall(ILotTaking.take, (lot, type(uint128).max, type(uint256).max, RECEIVER, "")),
            abi.encodeCall(ILotDesk.sellToFund, (lot)),
            abi.encodeCall(ILotDesk.passInKind, (lot))
        ];
        _refused(Act.REFUSED_OUTAGE, Inv.AUCTION_BOUNDED, address(probe), calls[seed % 3], "sold in an interrupted run");
        if (!_chance(seed >> 8, 3)) _comeUp();
        return _reset(lot);
    }

    /// @dev A run that an outage fell into begins again, uncounted; any other is counted.
    function _reset(uint256 lot) internal returns (bool ok) {
        bool interrupted = _isInterrupted(lot);
        uint256 before = auction.lotOf(lot).resets;
        ok = _try(interrupted ? Act.RESET_AFTER_OUTAGE : Act.RESET, STRANGER, abi.encodeCall(ILotDesk.reset, (lot)));
        if (!ok) return false;
        _require(!_isDown(), Inv.AUCTION_BOUNDED, "a run began in an outage");
        uint256 counted = interrupted ? before : before + 1;
        _require(auction.lotOf(lot).resets == counted, Inv.AUCTION_BOUNDED, "a reset was counted wrongly");
    }
}
