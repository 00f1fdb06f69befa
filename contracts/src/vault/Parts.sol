// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../interfaces/IAttestationLog.sol";
import {ICollateralValuer} from "../interfaces/ICollateralValuer.sol";
import {IDefaultManager} from "../interfaces/IDefaultManager.sol";
import {IDisputeDesk} from "../interfaces/IDisputeDesk.sol";
import {IExitDesk} from "../interfaces/IExitDesk.sol";
import {IFailedVenue} from "../interfaces/IFailedVenue.sol";
import {ICloseOut} from "../interfaces/ICloseOut.sol";
import {ILotDesk} from "../interfaces/ILiquidationAuction.sol";
import {IOwnerDesk} from "../interfaces/IOwnerDesk.sol";
import {IReleases} from "../interfaces/IReleases.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {IVaultReads} from "../interfaces/IVaultReads.sol";
import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../interfaces/IVenueStates.sol";
import {IFundCore} from "../interfaces/IFundCore.sol";
import {Modules} from "../interfaces/Types.sol";

/// @title Which part of the vault answers which function
/// @notice The parts are bytecode of the vault: they cannot change. What is called most is looked for first.
abstract contract Parts {
    error NoCodeAt(address part);
    error NoSuchFunction(bytes4 selector);

    address private immutable REGISTRY;
    address private immutable LOG;
    address private immutable VALUER;
    address private immutable DEFAULTS;
    address private immutable AUCTION;
    address private immutable SETTLEMENT;
    address private immutable EXITS;
    address private immutable DISPUTES;
    address private immutable CLOSE_OUT;
    address private immutable OWNERS;
    address private immutable STATES;

    constructor(Modules memory m) {
        REGISTRY = _coded(m.venueRegistry);
        LOG = _coded(m.attestationLog);
        VALUER = _coded(m.collateralValuer);
        DEFAULTS = _coded(m.defaultManager);
        AUCTION = _coded(m.liquidationAuction);
        SETTLEMENT = _coded(m.settlementPool);
        EXITS = _coded(m.exitDesk);
        DISPUTES = _coded(m.disputeDesk);
        CLOSE_OUT = _coded(m.closeOut);
        OWNERS = _coded(m.ownerDesk);
        STATES = _coded(m.venueStates);
    }

    /// @dev Runs the part that the function belongs to, on this contract's state.
    // solhint-disable-next-line no-complex-fallback
    fallback() external {
        address part = _partOf(msg.sig);
        assembly ("memory-safe") {
            let at := mload(0x40)
            calldatacopy(at, 0, calldatasize())
            let ok := delegatecall(gas(), part, at, calldatasize(), 0, 0)
            returndatacopy(at, 0, returndatasize())
            switch ok
            case 0 {
                revert(at, returndatasize())
            }
            default {
                return(at, returndatasize())
            }
        }
    }

    /// @notice The parts, for anybody who checks what is deployed.
    function parts() external view returns (Modules memory) {
        return
            Modules({
                venueRegistry: REGISTRY,
                attestationLog: LOG,
                collateralValuer: VALUER,
                defaultManager: DEFAULTS,
                liquidationAuction: AUCTION,
                settlementPool: SETTLEMENT,
                exitDesk: EXITS,
                disputeDesk: DISPUTES,
                closeOut: CLOSE_OUT,
                ownerDesk: OWNERS,
                venueStates: STATES
            });
    }

    function _coded(address part) internal view returns (address) {
        if (part.code.length == 0) revert NoCodeAt(part);
        return part;
    }

    function _partOf(bytes4 f) private view returns (address) {
        if (f == IDefaultManager.callMargin.selector || f == IDefaultManager.declareDefault.selector) return DEFAULTS;
        if (f == IAttestationLog.post.selector || f == IAttestationLog.verifyInclusion.selector) return LOG;
        if (f == ISettlementPool.settle.selector || f == ISettlementPool.checkpoint.selector) return SETTLEMENT;
        if (f == IOwnerDesk.finaliseWithdrawal.selector || f == IReleases.port.selector) return OWNERS;
        if (f == ICloseOut.resolve.selector) return CLOSE_OUT;
        if (f == IExitDesk.startExitWithProof.selector) return EXITS;
        if (_isOfDefaults(f)) return DEFAULTS;
        if (_isOfAuction(f)) return AUCTION;
        if (_isOfLog(f)) return LOG;
        if (_isOfSettlement(f)) return SETTLEMENT;
        if (_isOfOwners(f)) return OWNERS;
        if (_isOfCloseOut(f)) return CLOSE_OUT;
        if (_isOfExits(f)) return EXITS;
        if (_isOfDisputes(f)) return DISPUTES;
        if (_isOfRegistry(f)) return REGISTRY;
        if (_isOfStates(f)) return STATES;
        if (_isOfValuer(f)) return VALUER;
        revert NoSuchFunction(f);
    }

    function _isOfDefaults(bytes4 f) private pure returns (bool) {
        return
            f == IDefaultManager.cure.selector ||
            f == IDefaultManager.lapse.selector ||
            f == IDefaultManager.refreshOwed.selector ||
            f == IDefaultManager.need.selector ||
            f == IDefaultManager.caseOf.selector ||
            f == IDefaultManager.openDefaults.selector ||
            f == IDefaultManager.minCure.selector;
    }

    function _isOfAuction(bytes4 f) private pure returns (bool) {
        return
            f == ILotDesk.start.selector ||
            f == ILotDesk.startOwed.selector ||
            f == ILotDesk.startExit.selector ||
            f == ILotDesk.reset.selector ||
            f == ILotDesk.close.selector ||
            f == ILotDesk.sellToFund.selector ||
            f == ILotDesk.passInKind.selector ||
            f == ILotDesk.quote.selector ||
            f == ILotDesk.lotOf.selector ||
            f == ILotDesk.liveLots.selector ||
            f == ILotDesk.lotFor.selector;
    }

    function _isOfCloseOut(bytes4 f) private pure returns (bool) {
        return
            f == ICloseOut.report.selector ||
            f == ICloseOut.fixLoss.selector ||
            f == ICloseOut.fixLossWithoutReport.selector ||
            f == ICloseOut.collectReward.selector ||
            f == ICloseOut.rewards.selector;
    }

    function _isOfOwners(bytes4 f) private pure returns (bool) {
        return
            f == IReleases.releaseWithConsent.selector ||
            f == IOwnerDesk.requestWithdrawal.selector ||
            f == IOwnerDesk.cancelWithdrawal.selector ||
            f == IOwnerDesk.relay.selector ||
            f == IOwnerDesk.switchAddressBook.selector ||
            f == IOwnerDesk.addToBook.selector ||
            f == IOwnerDesk.removeFromBook.selector ||
            f == IOwnerDesk.lowerDebitCap.selector ||
            f == IOwnerDesk.applyDebitCap.selector ||
            f == IOwnerDesk.request.selector ||
            f == IOwnerDesk.pendingOf.selector ||
            f == IOwnerDesk.callTypeHash.selector;
    }

    function _isOfStates(bytes4 f) private pure returns (bool) {
        return
            f == IVenueStates.changeQuorum.selector ||
            f == IVenueStates.applyQuorum.selector ||
            f == IVenueStates.pause.selector ||
            f == IVenueStates.poke.selector ||
            f == IVenueStates.fail.selector ||
            f == IFailedVenue.registerClaim.selector ||
            f == IFailedVenue.collectTranches.selector ||
            f == IFailedVenue.distribute.selector;
    }

    function _isOfLog(bytes4 f) private pure returns (bool) {
        return
            f == IAttestationLog.verifyBoundary.selector ||
            f == IAttestationLog.digestOf.selector ||
            f == IAttestationLog.structHashOf.selector ||
            f == IAttestationLog.newest.selector ||
            f == IAttestationLog.posted.selector ||
            f == IAttestationLog.requirePosted.selector ||
            f == IAttestationLog.requireFresh.selector;
    }

    function _isOfSettlement(bytes4 f) private pure returns (bool) {
        return
            f == ISettlementPool.payOwed.selector ||
            f == ISettlementPool.claim.selector ||
            f == ISettlementPool.claimInKind.selector ||
            f == ISettlementPool.buyInKind.selector ||
            f == ISettlementPool.contribute.selector ||
            f == ISettlementPool.book.selector ||
            f == ISettlementPool.base.selector ||
            f == ISettlementPool.checkpointAt.selector ||
            f == ISettlementPool.poolOf.selector ||
            f == ISettlementPool.claims.selector ||
            f == ISettlementPool.inKind.selector;
    }

    function _isOfExits(bytes4 f) private pure returns (bool) {
        return
            f == IExitDesk.requestRelease.selector ||
            f == IExitDesk.cancelRelease.selector ||
            f == IExitDesk.startExit.selector ||
            f == IExitDesk.challengeExit.selector ||
            f == IExitDesk.payExit.selector ||
            f == IExitDesk.payExitFor.selector ||
            f == IExitDesk.payExitInKind.selector ||
            f == IExitDesk.finishExit.selector ||
            f == IExitDesk.exitOf.selector ||
            f == IExitDesk.exitOwed.selector ||
            f == IExitDesk.mayExit.selector;
    }

    function _isOfDisputes(bytes4 f) private pure returns (bool) {
        return
            f == IDisputeDesk.disputeRoot.selector ||
            f == IDisputeDesk.disputeReport.selector ||
            f == IDisputeDesk.lowerCap.selector ||
            f == IDisputeDesk.acceptDebit.selector ||
            f == IDisputeDesk.confirmDebit.selector ||
            f == IDisputeDesk.lapseDispute.selector ||
            f == IDisputeDesk.demand.selector ||
            f == IDisputeDesk.answer.selector ||
            f == IDisputeDesk.findUnanswered.selector ||
            f == IDisputeDesk.disputeOf.selector ||
            f == IDisputeDesk.demandOf.selector;
    }

    function _isOfRegistry(bytes4 f) private pure returns (bool) {
        return
            f == IVenueRegistry.register.selector ||
            f == IVenueRegistry.publishPolicy.selector ||
            f == IVenueRegistry.adoptPolicy.selector ||
            f == IVenueRegistry.venues.selector ||
            f == IVenueRegistry.venueOf.selector ||
            f == IVenueRegistry.stateOf.selector ||
            f == IVenueRegistry.clock.selector ||
            f == IVenueRegistry.venueKey.selector ||
            f == IVenueRegistry.guardian.selector ||
            f == IVenueRegistry.heartbeat.selector ||
            f == IVenueRegistry.policyVersion.selector ||
            f == IVenueRegistry.policyAt.selector ||
            f == IVenueRegistry.parameters.selector ||
            f == IVenueRegistry.parametersOf.selector ||
            f == IVenueRegistry.assets.selector ||
            f == IVenueRegistry.settlementAsset.selector ||
            f == IVenueRegistry.isAccepted.selector ||
            f == IVenueRegistry.attestors.selector ||
            f == IVenueRegistry.attestorSetHash.selector ||
            f == IVenueRegistry.fundOf.selector ||
            f == IFundCore.openMemberCaps.selector ||
            f == IFundCore.fundNotice.selector ||
            f == IFundCore.venueFailed.selector;
    }

    function _isOfValuer(bytes4 f) private pure returns (bool) {
        return
            f == ICollateralValuer.prices.selector ||
            f == ICollateralValuer.price.selector ||
            f == ICollateralValuer.values.selector ||
            f == IVaultReads.predict.selector ||
            f == IVaultReads.ownerOf.selector ||
            f == IVaultReads.record.selector ||
            f == IVaultReads.pledges.selector ||
            f == IVaultReads.allowance.selector ||
            f == IVaultReads.nonceOf.selector ||
            f == IVaultReads.addressBook.selector;
    }
}
