// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDefaultFund} from "../../../src/interfaces/IDefaultFund.sol";
import {IFailedVenue} from "../../../src/interfaces/IFailedVenue.sol";
import {IReleases} from "../../../src/interfaces/IReleases.sol";
import {VaultLens} from "../../../src/lens/VaultLens.sol";
import {RingfenceTest} from "../RingfenceTest.sol";
import {CampaignFeed} from "./CampaignFeed.sol";
import {Inv} from "./CampaignKinds.sol";
import {CampaignProbe} from "./CampaignProbe.sol";
import {CampaignSequencer} from "./CampaignSequencer.sol";
import {CampaignToken} from "./CampaignToken.sol";
import {CampaignWallet} from "./CampaignWallet.sol";

/// @notice Everybody and everything there is in the campaign, and what it knows of them.
abstract contract CampaignState is RingfenceTest {
    /// @notice A venue as its own people know it.
    struct Place {
        uint256 key;
        uint256 guardianKey;
        uint256[] attestors;
        uint256 rotations;
        address house;
        address pool;
        IDefaultFund fund;
        /// @dev 0: settles in the token of 6 decimals; 1: in the one of 18.
        uint8 kind;
        /// @dev It posts no roots any more.
        bool dying;
        uint256 unit;
    }

    /// @notice What an account has done under its present pledge, as the campaign measured it.
    /// @param net N in the venue's own book
    /// @param moved settlement asset that went from the pool to the account, less what went the other way
    /// @param others what tiers and strangers paid for it, what it paid in kind, what was written off
    /// @param held N down to which a dispute lets be collected: under every root while it is open, then under those up to `endedBlock`
    /// @param disputed N that is disputed
    /// @param cap daily debit cap; the greatest: none
    /// @param taken by doors 2 to 5 without its owner's hand on `day`
    struct Deeds {
        int256 net;
        int256 moved;
        uint256 others;
        int256 held;
        int256 disputed;
        uint256 endedBlock;
        uint256 lastEpoch;
        bool disputing;
        bool reportDisputed;
        uint256 cap;
        uint256 lowerCap;
        uint256 taken;
        uint256 day;
    }

    /// @dev How much an account may fall in the transaction at hand, by a door of its own.
    struct Allowance {
        address account;
        address token;
        uint256 amount;
    }

    uint256 internal constant CLIENTS = 6;
    uint256 internal constant TOKENS = 4;
    uint256 internal constant ASSETS = 3;
    uint256 internal constant MOST_VENUES = 4;
    uint256 internal constant RING = 8;
    uint256 internal constant WORD = 1e18;
    address internal constant MEMBER = address(0x3E3BE4);
    address internal constant STRANGER = address(0x57A46E4);
    address internal constant DECLARER = address(0xDEC1A4E4);
    address internal constant RECEIVER = address(0x4ECE14E4);

    IFailedVenue internal failures;
    IReleases internal releases;
    CampaignProbe internal probe;
    VaultLens internal lens;
    /// @dev None on a chain without one.
    CampaignSequencer internal sequencer;
    CampaignToken[] internal tokens;
    CampaignFeed[] internal feeds;
    /// @dev Each token's other source, with 18 decimals.
    CampaignFeed[] internal seconds_;
    address[] internal players;
    uint32[] internal venues;

    mapping(uint32 venue => Place) internal places;
    mapping(address account => Deeds) internal deeds;
    mapping(address account => address) internal ownerAt;
    mapping(address account => CampaignWallet) internal walletOf;
    mapping(address account => bool) internal isHouse;
    mapping(address token => uint256) internal donated;
    mapping(uint32 venue => uint256) internal donatedToFund;
    mapping(uint32 venue => uint256) internal pausedFrom;
    mapping(uint32 venue => uint256) internal pausedBefore;

    /// @dev What the next transaction may use; 0: a block's worth.
    uint256 internal gasGiven;
    uint256 internal runSeed;
    uint256 internal stepNow;
    Inv public broken;
    bytes32 public brokenBy;
    /// @dev Tried in the upper half, succeeded in the lower one.
    mapping(uint256 act => uint256) public tally;
    mapping(uint256 spot => uint256) public visits;
    Allowance[] internal allowances;
    mapping(uint256 place => bytes) internal remembered;
    mapping(uint256 place => address) internal rememberedSender;
    uint256 internal rememberedCount;
}
