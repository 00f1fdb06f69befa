// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {ICollateralValuer} from "../../../src/interfaces/ICollateralValuer.sol";
import {IDefaultFund} from "../../../src/interfaces/IDefaultFund.sol";
import {IDefaultManager} from "../../../src/interfaces/IDefaultManager.sol";
import {IFailedVenue} from "../../../src/interfaces/IFailedVenue.sol";
import {ILotDesk} from "../../../src/interfaces/ILiquidationAuction.sol";
import {IMemberSeries} from "../../../src/interfaces/IMemberSeries.sol";
import {IReleases} from "../../../src/interfaces/IReleases.sol";
import {ISettlementPool} from "../../../src/interfaces/ISettlementPool.sol";
import {AssetConfig, VenueParameters} from "../../../src/interfaces/Types.sol";
import {VaultLens} from "../../../src/lens/VaultLens.sol";
import {CampaignFeed} from "./CampaignFeed.sol";
import {Act} from "./CampaignKinds.sol";
import {CampaignProbe} from "./CampaignProbe.sol";
import {CampaignSequencer} from "./CampaignSequencer.sol";
import {CampaignToken} from "./CampaignToken.sol";
import {CampaignWallet} from "./CampaignWallet.sol";
import {CampaignWorld} from "./CampaignWorld.sol";

/// @notice The world as every run finds it: the system, its assets and their feeds, the clients, two venues.
abstract contract CampaignMaking is CampaignWorld {
    uint32 internal constant SECOND_AGE = 2 hours;
    uint16 internal constant DEVIATION = 100;

    /// @dev Which chain a test is on is its own to say: see `_found`.
    function setUp() public virtual override {}

    /// @param sequenced the chain is a rollup, whose sequencer can be down
    function _found(bool sequenced) internal {
        clock = 1_800_000_000;
        height = 1_000;
        vm.warp(clock);
        vm.roll(height);
        if (sequenced) {
            sequencer = new CampaignSequencer();
            sequencerFeed = address(sequencer);
        }
        _deploySystem();
        failures = IFailedVenue(address(vault));
        releases = IReleases(address(vault));
        lens = VaultLens(_create("VaultLens", abi.encode(address(vault))));
        probe = new CampaignProbe(vault, lens);
        _makeAssets();
        for (uint256 i; i < CLIENTS; ++i) {
            _openClient(i);
        }
        _registerVenue(0);
        _registerVenue(1);
    }

    function _makeAssets() private {
        tokens.push(new CampaignToken(6, true));
        tokens.push(new CampaignToken(8, false));
        tokens.push(new CampaignToken(18, false));
        tokens.push(new CampaignToken(18, false));
        for (uint256 i; i < TOKENS; ++i) {
            feeds.push(new CampaignFeed(8, _fairPrice(i)));
            seconds_.push(new CampaignFeed(18, _fairPrice(i) * 1e10));
            _fill(address(this), i);
            _fill(STRANGER, i);
            _fill(MEMBER, i);
            tokens[i].mint(address(probe), type(uint96).max);
            probe.approve(tokens[i], address(vault));
        }
    }

    function _fill(address who, uint256 token) private {
        tokens[token].mint(who, type(uint120).max);
        vm.prank(who);
        tokens[token].approve(address(vault), type(uint256).max);
    }

    /// @dev Every third client is a contract.
    function _openClient(uint256 i) private {
        uint256 key = 0xC11E47 + i;
        address owner = vm.addr(key);
        if (i % 3 == 2) {
            CampaignWallet wallet = new CampaignWallet(vault);
            owner = address(wallet);
            address account = _open(owner, 0);
            walletOf[account] = wallet;
        } else {
            ownerKeyOf[_open(owner, 0)] = key;
        }
        for (uint256 j; j < TOKENS; ++j) {
            _fill(owner, j);
        }
    }

    function _open(address owner, uint96 number) internal returns (address account) {
        account = vault.open(owner, number);
        ownerAt[account] = owner;
        players.push(account);
        _count(Act.OPEN, true);
    }

    /// @notice Registers a venue with a funded house of its own.
    function _registerVenue(uint8 kind) internal returns (uint32 v) {
        uint256 salt = venues.length;
        uint256 key = 0xA11CE + salt;
        uint256[] memory attestors = _newAttestors(salt);
        v = uint32(registry.venues() + 1);
        places[v].kind = kind;
        places[v].unit = kind == 0 ? 1e6 : 1e18;
        registry.register(vm.addr(key), vm.addr(0x6A4D), _configs(v), _addressesOf(attestors), 2, _figures(places[v].unit));
        _count(Act.REGISTER, true);
        venues.push(v);
        places[v].key = key;
        places[v].guardianKey = 0x6A4D;
        places[v].attestors = attestors;
        places[v].pool = settlement.poolOf(v);
        places[v].fund = IDefaultFund(registry.fundOf(v));
        CampaignToken cash = _cash(v);
        cash.approve(address(places[v].fund), type(uint256).max);
        uint256 houseKey = 0x4005E + salt;
        address house = _open(vm.addr(houseKey), 0);
        (ownerKeyOf[house], isHouse[house], places[v].house) = (houseKey, true, house);
        cash.mint(house, 1_000_000 * places[v].unit);
        _planProbe(v);
        address[2] memory closed = [address(vault), address(places[v].fund)];
        for (uint256 i; i < 2; ++i) {
            vm.prank(MEMBER);
            cash.approve(closed[i], type(uint256).max);
        }
    }

    /// @dev What anybody may do at any time when nobody holds the lock, and what prices or quotes: of the venue, its fund and its members.
    function _planProbe(uint32 v) internal {
        bytes[] memory doors = new bytes[](16);
        doors[0] = abi.encodeCall(ISettlementPool.checkpoint, (v));
        doors[1] = abi.encodeCall(ILotDesk.liveLots, (0, 1));
        doors[2] = abi.encodeCall(ICollateralValuer.prices, (v));
        doors[3] = abi.encodeCall(ISettlementPool.contribute, (v, 0));
        doors[4] = abi.encodeCall(ICollateralValuer.price, (v, address(_asset(v, 1))));
        doors[5] = abi.encodeCall(ILotDesk.quote, (0, clock));
        doors[6] = abi.encodeCall(IDefaultManager.need, (places[v].house));
        doors[7] = abi.encodeCall(ICollateralValuer.values, (places[v].house, new uint128[](ASSETS)));
        doors[8] = abi.encodeCall(VaultLens.lotViews, (0, 1, clock));
        doors[9] = abi.encodeCall(IDefaultFund.fundVenueTranche, (1));
        doors[10] = abi.encodeCall(IDefaultFund.openSeries, ());
        doors[11] = abi.encodeCall(IERC4626.previewDeposit, (1));
        doors[12] = abi.encodeCall(IERC4626.previewMint, (1));
        doors[13] = abi.encodeCall(IERC4626.previewWithdraw, (1));
        doors[14] = abi.encodeCall(IERC4626.previewRedeem, (1));
        doors[15] = abi.encodeCall(IMemberSeries.noticeRedemption, (1));
        address[] memory targets = new address[](doors.length);
        for (uint256 i; i < targets.length; ++i) {
            targets[i] =
                i < 8
                    ? address(vault)
                    : i == 8
                        ? address(lens)
                        : i < 11
                            ? address(places[v].fund)
                            : places[v].fund.series();
        }
        probe.plan(targets, doors, v, places[v].house);
    }

    function _configs(uint32 v) internal view returns (AssetConfig[] memory list) {
        list = new AssetConfig[](ASSETS);
        for (uint256 i; i < ASSETS; ++i) {
            list[i].token = address(_asset(v, i));
            list[i].feed = address(_feed(v, i));
            list[i].haircutBps = i == 0 ? 0 : 1_000;
            list[i].maxAge = 1 hours;
            if (!_hasSecond(v, i)) continue;
            list[i].secondFeed = address(_secondFeed(v, i));
            (list[i].secondMaxAge, list[i].deviationBps) = (SECOND_AGE, DEVIATION);
        }
    }

    /// @dev Short times: a run has 500 steps.
    function _figures(uint256 unit) internal pure returns (VenueParameters memory p) {
        p = defaultParameters();
        p.cureWindow = 20 minutes;
        p.callTtl = 1 hours;
        p.closeOutDeadline = 1 hours;
        p.disputeWindow = 15 minutes;
        p.auctionDuration = 10 minutes;
        p.fundNotice = 1 days;
        p.maxResets = 1;
        p.suspendAfter = 3 hours;
        p.releaseLimit = 6 hours;
        p.policyDelay = 8 days;
        p.exitChallenge = 2 hours;
        p.confirmLimit = 2 hours;
        p.claimWindow = 8 days;
        p.demandWindow = 30 minutes;
        p.feedLimit = 30 minutes;
        p.maxDemands = 4;
        p.failingDemands = 2;
        p.declareReward = uint96(50 * unit);
        p.minLot = uint96(10 * unit);
        p.disputeBond = uint96(100 * unit);
        p.demandFee = uint96(5 * unit);
        p.minDebitCap = uint96(100 * unit);
    }
}
