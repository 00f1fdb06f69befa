// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetConfig, VenueParameters} from "../interfaces/Types.sol";

/// @notice One version of a venue's policy, copied from code into memory: a pointer to its words.
type Policy is uint256;

/// @title A venue's policy as code
/// @notice A version never changes, so it is kept as the code of a contract that only stops: one cold access reads all of it, where
/// storage would take one for each word.
/// @dev Six head words, then four words an asset. A figure is cut out of its word where it is used; nothing is decoded in advance.
library PolicyCode {
    uint256 private constant HEAD_WORDS = 6;
    uint256 private constant ASSET_WORDS = 4;
    /// @dev STOP, so that nobody can run the data as a program.
    uint256 private constant PREFIX_BYTES = 1;

    /// @notice Writes a version. `assets` and `p` have been checked; pool and fund are the venue's for ever.
    function store(VenueParameters memory p, AssetConfig[] memory assets, address pool_, address fund_) internal returns (address pointer) {
        bytes memory data = abi.encodePacked(
            bytes1(0),
            abi.encodePacked(
                p.heartbeat,
                p.cureWindow,
                p.callTtl,
                p.closeOutDeadline,
                p.disputeWindow,
                p.auctionDuration,
                p.fundNotice,
                p.suspendAfter
            ),
            abi.encodePacked(
                p.releaseLimit,
                p.policyDelay,
                p.exitChallenge,
                p.confirmLimit,
                p.claimWindow,
                p.demandWindow,
                p.feedLimit,
                p.maxDemands,
                p.failingDemands
            ),
            abi.encodePacked(
                p.startBps,
                p.floorBps,
                p.maxResets,
                uint8(assets.length),
                p.rewardBps,
                p.penaltyBps,
                p.pegFloorBps,
                uint16(0),
                p.memberCapBps,
                p.demandFee,
                uint16(0)
            ),
            abi.encodePacked(p.declareReward, p.minLot, p.settleThreshold)
        );
        data = bytes.concat(data, abi.encodePacked(p.disputeBond, pool_), abi.encodePacked(p.minDebitCap, fund_));
        for (uint256 i; i < assets.length; ++i) {
            data = bytes.concat(data, _packed(assets[i]));
        }
        return _deploy(data);
    }

    /// @notice Copies a version into memory.
    function load(address pointer) internal view returns (Policy policy) {
        assembly ("memory-safe") {
            let size := sub(extcodesize(pointer), PREFIX_BYTES)
            policy := mload(0x40)
            extcodecopy(pointer, policy, PREFIX_BYTES, size)
            mstore(0x40, add(policy, size))
        }
    }

    /// @notice The figures as they were registered.
    function parameters(Policy policy) internal pure returns (VenueParameters memory p) {
        p.heartbeat = uint32(heartbeat(policy));
        p.cureWindow = uint32(cureWindow(policy));
        p.callTtl = uint32(callTtl(policy));
        p.closeOutDeadline = uint32(closeOutDeadline(policy));
        p.disputeWindow = uint32(disputeWindow(policy));
        p.auctionDuration = uint32(auctionDuration(policy));
        p.fundNotice = uint32(fundNotice(policy));
        p.suspendAfter = uint32(suspendAfter(policy));
        p.releaseLimit = uint32(releaseLimit(policy));
        p.policyDelay = uint32(policyDelay(policy));
        p.exitChallenge = uint32(exitChallenge(policy));
        p.confirmLimit = uint32(confirmLimit(policy));
        p.claimWindow = uint32(claimWindow(policy));
        p.demandWindow = uint32(demandWindow(policy));
        p.feedLimit = uint32(feedLimit(policy));
        p.maxDemands = uint16(maxDemands(policy));
        p.failingDemands = uint16(failingDemands(policy));
        p.startBps = uint16(startBps(policy));
        p.floorBps = uint16(floorBps(policy));
        p.maxResets = uint8(maxResets(policy));
        p.rewardBps = uint16(rewardBps(policy));
        p.penaltyBps = uint16(penaltyBps(policy));
        p.pegFloorBps = uint16(pegFloorBps(policy));
        p.memberCapBps = uint32(memberCapBps(policy));
        p.declareReward = uint96(declareReward(policy));
        p.minLot = uint96(minLot(policy));
        p.settleThreshold = uint64(settleThreshold(policy));
        p.disputeBond = uint96(disputeBond(policy));
        p.demandFee = uint96(demandFee(policy));
        p.minDebitCap = uint96(minDebitCap(policy));
    }

    /// @notice One asset as it was registered.
    function config(Policy policy, uint256 i) internal pure returns (AssetConfig memory asset) {
        asset.token = token(policy, i);
        asset.decimals = uint8(decimals(policy, i));
        asset.haircutBps = uint16(haircutBps(policy, i));
        asset.feed = feed(policy, i);
        asset.feedDecimals = uint8(feedDecimals(policy, i));
        asset.maxAge = uint32(maxAge(policy, i));
        asset.minPrice = uint128(minPrice(policy, i));
        asset.maxPrice = uint128(maxPrice(policy, i));
        asset.secondFeed = secondFeed(policy, i);
        asset.secondDecimals = uint8(secondDecimals(policy, i));
        asset.secondMaxAge = uint32(secondMaxAge(policy, i));
        asset.deviationBps = uint16(deviationBps(policy, i));
    }

    // -- head ----------------------------------------------------------------------------------------------------------

    function heartbeat(Policy p) internal pure returns (uint256) {
        return _cut(p, 0, 224, 0xffffffff);
    }

    function cureWindow(Policy p) internal pure returns (uint256) {
        return _cut(p, 0, 192, 0xffffffff);
    }

    function callTtl(Policy p) internal pure returns (uint256) {
        return _cut(p, 0, 160, 0xffffffff);
    }

    function closeOutDeadline(Policy p) internal pure returns (uint256) {
        return _cut(p, 0, 128, 0xffffffff);
    }

    function disputeWindow(Policy p) internal pure returns (uint256) {
        return _cut(p, 0, 96, 0xffffffff);
    }

    function auctionDuration(Policy p) internal pure returns (uint256) {
        return _cut(p, 0, 64, 0xffffffff);
    }

    function fundNotice(Policy p) internal pure returns (uint256) {
        return _cut(p, 0, 32, 0xffffffff);
    }

    function suspendAfter(Policy p) internal pure returns (uint256) {
        return _cut(p, 0, 0, 0xffffffff);
    }

    function releaseLimit(Policy p) internal pure returns (uint256) {
        return _cut(p, 1, 224, 0xffffffff);
    }

    function policyDelay(Policy p) internal pure returns (uint256) {
        return _cut(p, 1, 192, 0xffffffff);
    }

    function exitChallenge(Policy p) internal pure returns (uint256) {
        return _cut(p, 1, 160, 0xffffffff);
    }

    function confirmLimit(Policy p) internal pure returns (uint256) {
        return _cut(p, 1, 128, 0xffffffff);
    }

    function claimWindow(Policy p) internal pure returns (uint256) {
        return _cut(p, 1, 96, 0xffffffff);
    }

    function demandWindow(Policy p) internal pure returns (uint256) {
        return _cut(p, 1, 64, 0xffffffff);
    }

    function feedLimit(Policy p) internal pure returns (uint256) {
        return _cut(p, 1, 32, 0xffffffff);
    }

    function maxDemands(Policy p) internal pure returns (uint256) {
        return _cut(p, 1, 16, 0xffff);
    }

    function failingDemands(Policy p) internal pure returns (uint256) {
        return _cut(p, 1, 0, 0xffff);
    }

    function startBps(Policy p) internal pure returns (uint256) {
        return _cut(p, 2, 240, 0xffff);
    }

    function floorBps(Policy p) internal pure returns (uint256) {
        return _cut(p, 2, 224, 0xffff);
    }

    function maxResets(Policy p) internal pure returns (uint256) {
        return _cut(p, 2, 216, 0xff);
    }

    /// @notice How many assets the venue accepts.
    function count(Policy p) internal pure returns (uint256) {
        return _cut(p, 2, 208, 0xff);
    }

    function rewardBps(Policy p) internal pure returns (uint256) {
        return _cut(p, 2, 192, 0xffff);
    }

    function penaltyBps(Policy p) internal pure returns (uint256) {
        return _cut(p, 2, 176, 0xffff);
    }

    function pegFloorBps(Policy p) internal pure returns (uint256) {
        return _cut(p, 2, 160, 0xffff);
    }

    function memberCapBps(Policy p) internal pure returns (uint256) {
        return _cut(p, 2, 112, 0xffffffff);
    }

    function demandFee(Policy p) internal pure returns (uint256) {
        return _cut(p, 2, 16, type(uint96).max);
    }

    function declareReward(Policy p) internal pure returns (uint256) {
        return _cut(p, 3, 160, type(uint96).max);
    }

    function minLot(Policy p) internal pure returns (uint256) {
        return _cut(p, 3, 64, type(uint96).max);
    }

    function settleThreshold(Policy p) internal pure returns (uint256) {
        return _cut(p, 3, 0, type(uint64).max);
    }

    function disputeBond(Policy p) internal pure returns (uint256) {
        return _cut(p, 4, 160, type(uint96).max);
    }

    /// @notice The settlement pool's address.
    function pool(Policy p) internal pure returns (address) {
        return _address(p, 4);
    }

    function minDebitCap(Policy p) internal pure returns (uint256) {
        return _cut(p, 5, 160, type(uint96).max);
    }

    /// @notice The default fund's address.
    function fund(Policy p) internal pure returns (address) {
        return _address(p, 5);
    }

    /// @notice The settlement asset.
    function settlementAsset(Policy p) internal pure returns (address) {
        return token(p, 0);
    }

    // -- assets --------------------------------------------------------------------------------------------------------

    function token(Policy p, uint256 i) internal pure returns (address) {
        return _address(p, _asset(i, 0));
    }

    function decimals(Policy p, uint256 i) internal pure returns (uint256) {
        return _cut(p, _asset(i, 0), 248, 0xff);
    }

    function haircutBps(Policy p, uint256 i) internal pure returns (uint256) {
        return _cut(p, _asset(i, 0), 232, 0xffff);
    }

    function feedDecimals(Policy p, uint256 i) internal pure returns (uint256) {
        return _cut(p, _asset(i, 0), 224, 0xff);
    }

    function maxAge(Policy p, uint256 i) internal pure returns (uint256) {
        return _cut(p, _asset(i, 0), 192, 0xffffffff);
    }

    function secondDecimals(Policy p, uint256 i) internal pure returns (uint256) {
        return _cut(p, _asset(i, 0), 184, 0xff);
    }

    function feed(Policy p, uint256 i) internal pure returns (address) {
        return _address(p, _asset(i, 1));
    }

    function deviationBps(Policy p, uint256 i) internal pure returns (uint256) {
        return _cut(p, _asset(i, 1), 240, 0xffff);
    }

    function secondMaxAge(Policy p, uint256 i) internal pure returns (uint256) {
        return _cut(p, _asset(i, 1), 208, 0xffffffff);
    }

    function secondFeed(Policy p, uint256 i) internal pure returns (address) {
        return _address(p, _asset(i, 2));
    }

    function minPrice(Policy p, uint256 i) internal pure returns (uint256) {
        return _cut(p, _asset(i, 3), 128, type(uint128).max);
    }

    function maxPrice(Policy p, uint256 i) internal pure returns (uint256) {
        return _cut(p, _asset(i, 3), 0, type(uint128).max);
    }

    /// @notice Place of a token among the accepted assets; `count` if it is none of them.
    function placeOf(Policy p, address wanted) internal pure returns (uint256 i) {
        uint256 n = count(p);
        unchecked {
            while (i < n && token(p, i) != wanted) ++i;
        }
    }

    // -- parts ---------------------------------------------------------------------------------------------------------

    function _packed(AssetConfig memory a) private pure returns (bytes memory) {
        return
            abi.encodePacked(
                abi.encodePacked(a.decimals, a.haircutBps, a.feedDecimals, a.maxAge, a.secondDecimals, uint24(0), a.token),
                abi.encodePacked(a.deviationBps, a.secondMaxAge, uint48(0), a.feed),
                abi.encodePacked(uint96(0), a.secondFeed),
                abi.encodePacked(a.minPrice, a.maxPrice)
            );
    }

    function _deploy(bytes memory data) private returns (address pointer) {
        // Init code: copy everything behind these 11 bytes into memory and return it.
        bytes memory init = bytes.concat(hex"600b5981380380925939f3", data);
        assembly ("memory-safe") {
            pointer := create(0, add(init, 0x20), mload(init))
            if iszero(pointer) {
                revert(0, 0)
            }
        }
    }

    /// @dev The nth word of an asset. Places are small: nothing overflows.
    function _asset(uint256 i, uint256 n) private pure returns (uint256) {
        unchecked {
            return HEAD_WORDS + i * ASSET_WORDS + n;
        }
    }

    function _cut(Policy p, uint256 word, uint256 shift, uint256 mask) private pure returns (uint256 figure) {
        assembly ("memory-safe") {
            figure := and(shr(shift, mload(add(p, shl(5, word)))), mask)
        }
    }

    function _address(Policy p, uint256 word) private pure returns (address found) {
        assembly ("memory-safe") {
            found := shr(96, shl(96, mload(add(p, shl(5, word)))))
        }
    }
}

using PolicyCode for Policy global;
