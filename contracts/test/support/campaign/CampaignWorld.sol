// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDefaultFund} from "../../../src/interfaces/IDefaultFund.sol";
import {ICollateralValuer} from "../../../src/interfaces/ICollateralValuer.sol";
import {IFailedVenue} from "../../../src/interfaces/IFailedVenue.sol";
import {ILotDesk} from "../../../src/interfaces/ILiquidationAuction.sol";
import {IReleases} from "../../../src/interfaces/IReleases.sol";
import {ISettlementPool} from "../../../src/interfaces/ISettlementPool.sol";
import {AccountRecord, AccountStatus, AssetConfig, PledgeTerms, VenueParameters} from "../../../src/interfaces/Types.sol";
import {RingfenceTest} from "../RingfenceTest.sol";
import {CampaignFeed} from "./CampaignFeed.sol";
import {Act, Inv, Spot} from "./CampaignNames.sol";
import {CampaignProbe} from "./CampaignProbe.sol";
import {CampaignToken} from "./CampaignToken.sol";
import {CampaignWallet} from "./CampaignWallet.sol";

/// @notice Everybody and everything there is in the campaign, and the one way in which anybody sends a transaction.
abstract contract CampaignWorld is RingfenceTest {
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
    CampaignToken[] internal tokens;
    CampaignFeed[] internal feeds;
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

    uint256 internal runSeed;
    uint256 internal stepNow;
    Inv public broken;
    bytes32 public brokenBy;
    /// @dev Tried in the upper half, succeeded in the lower one.
    mapping(uint256 act => uint256) public tally;
    mapping(uint256 spot => uint256) public visits;
    Allowance[] private _allowances;
    mapping(uint256 place => bytes) internal remembered;
    mapping(uint256 place => address) internal rememberedSender;
    uint256 internal rememberedCount;

    function setUp() public virtual override {
        clock = 1_800_000_000;
        height = 1_000;
        vm.warp(clock);
        vm.roll(height);
        _deploySystem();
        failures = IFailedVenue(address(vault));
        releases = IReleases(address(vault));
        probe = new CampaignProbe(vault);
        _makeAssets();
        for (uint256 i; i < CLIENTS; ++i) {
            _openClient(i);
        }
        _registerVenue(0);
        _registerVenue(1);
    }

    // -- transactions --------------------------------------------------------------------------------------------------------

    /// @notice Lets `account` fall by up to `amount` of `token` in the next transaction.
    function _allow(address account, CampaignToken token, uint256 amount) internal {
        _allowances.push(Allowance({account: account, token: address(token), amount: amount}));
    }

    function _allowAssets(address account, uint32 v) internal {
        for (uint256 i; i < ASSETS; ++i) {
            CampaignToken token = _asset(v, i);
            _allow(account, token, token.balanceOf(account));
        }
    }

    function _try(Act act, address sender, bytes memory data) internal returns (bool ok) {
        (ok, ) = _send(act, sender, address(vault), data);
    }

    /// @notice Sends one transaction, whatever comes of it, and holds every account's balances against what was allowed.
    function _send(Act act, address sender, address target, bytes memory data) internal returns (bool ok, bytes memory answer) {
        uint256[][] memory before = _balances();
        if (sender != address(this)) vm.prank(sender);
        (ok, answer) = target.call(data);
        _compare(before);
        delete _allowances;
        _require(!vault.locked(), Inv.REENTRANCY_SAFE, "the lock was kept");
        _require(probe.entered() == 0, Inv.REENTRANCY_SAFE, "a door was open in a callback");
        _count(act, ok);
    }

    /// @notice Sends what must be refused: who does, counts it as a success of `act`.
    function _refused(Act act, Inv inv, address sender, bytes memory data, bytes32 what) internal {
        uint256[][] memory before = _balances();
        if (sender != address(this)) vm.prank(sender);
        (bool ok, ) = address(vault).call(data);
        _require(!ok, inv, what);
        _compare(before);
        delete _allowances;
        _count(act, !ok);
    }

    /// @dev Keeps what carried a signature, to be sent again at any later time.
    function _remember(address sender, bytes memory data) internal {
        uint256 place = rememberedCount++ % RING;
        (remembered[place], rememberedSender[place]) = (data, sender);
    }

    function _count(Act act, bool ok) internal {
        tally[uint256(act)] += ok ? (1 << 128) | 1 : 1 << 128;
    }

    function _visit(Spot spot) internal {
        ++visits[uint256(spot)];
    }

    /// @dev The first violation ends the run: what comes after it may follow from it.
    function _require(bool holds, Inv inv, bytes32 what) internal {
        if (!holds && broken == Inv.NONE) (broken, brokenBy) = (inv, what);
    }

    function _balances() private view returns (uint256[][] memory held) {
        held = new uint256[][](TOKENS);
        address[] memory who = players;
        for (uint256 i; i < TOKENS; ++i) {
            held[i] = tokens[i].balancesOf(who);
        }
    }

    function _compare(uint256[][] memory before) private {
        uint256[][] memory held = _balances();
        uint256 n = before[0].length;
        for (uint256 i; i < TOKENS; ++i) {
            for (uint256 j; j < n; ++j) {
                if (held[i][j] >= before[i][j]) continue;
                uint256 allowed = _allowed(players[j], address(tokens[i]));
                _require(before[i][j] - held[i][j] <= allowed, Inv.NEVER_PAYS_FOR_ANOTHER, "fell by no door of its own");
            }
        }
    }

    function _allowed(address account, address token) private view returns (uint256 allowed) {
        for (uint256 j; j < _allowances.length; ++j) {
            Allowance memory allowance = _allowances[j];
            if (allowance.account == account && allowance.token == token) allowed += allowance.amount;
        }
    }

    // -- who and where -------------------------------------------------------------------------------------------------------

    function _client(uint256 seed) internal view returns (address) {
        return players[seed % CLIENTS];
    }

    function _record(address account) internal view returns (AccountRecord memory) {
        return vault.record(account);
    }

    function _venueOf(address account) internal view returns (uint32) {
        return vault.record(account).venue;
    }

    function _status(address account) internal view returns (AccountStatus) {
        return vault.record(account).status;
    }

    function _asset(uint32 v, uint256 i) internal view returns (CampaignToken) {
        return tokens[_tokenAt(v, i)];
    }

    function _feed(uint32 v, uint256 i) internal view returns (CampaignFeed) {
        return feeds[_tokenAt(v, i)];
    }

    function _cash(uint32 v) internal view returns (CampaignToken) {
        return tokens[_tokenAt(v, 0)];
    }

    /// @dev Tokens are: 6 decimals, returns nothing; 8; 18; 18, the second kind's settlement asset.
    function _tokenAt(uint32 v, uint256 i) private view returns (uint256) {
        if (places[v].kind == 0) return i;
        return
            i == 0
                ? 3
                : i == 1
                    ? 1
                    : 0;
    }

    function _cashOf(address account, uint32 v) internal view returns (uint256) {
        return _cash(v).balanceOf(account);
    }

    function _poolHolds(uint32 v) internal view returns (uint256) {
        return _cash(v).balanceOf(places[v].pool);
    }

    /// @dev Whether a transfer out of an account, into its venue's pool, would be served.
    function _servesPool(address account, uint32 v) internal view returns (bool) {
        return _cash(v).serves(account, places[v].pool);
    }

    function _chance(uint256 seed, uint256 outOf) internal pure returns (bool) {
        return seed % outOf == 0;
    }

    function _part(uint256 seed, uint256 nth) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, nth)));
    }

    function _least(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }

    function _positive(int256 a) internal pure returns (uint256) {
        return a > 0 ? uint256(a) : 0;
    }

    // -- signatures ----------------------------------------------------------------------------------------------------------

    function _digest(bytes32 structHash) internal view returns (bytes32) {
        return digestFor(address(vault), structHash);
    }

    function _venueSigns(uint32 v, bytes32 digest) internal view returns (bytes memory) {
        return signAs(places[v].key, digest);
    }

    function _ownerSigns(address account, bytes32 digest) internal returns (bytes memory) {
        if (address(walletOf[account]) == address(0)) return signAs(ownerKeyOf[account], digest);
        walletOf[account].approve(digest);
        return "";
    }

    /// @notice Signatures of the first `count` attestors, ascending.
    function _attested(uint32 v, bytes32 digest, uint256 count) internal view returns (bytes memory signatures) {
        for (uint256 i; i < count; ++i) {
            signatures = bytes.concat(signatures, signAs(places[v].attestors[i], digest));
        }
    }

    /// @dev Three keys whose addresses ascend.
    function _newAttestors(uint256 salt) internal pure returns (uint256[] memory keys) {
        keys = new uint256[](3);
        for (uint256 i; i < 3; ++i) {
            keys[i] = (uint256(keccak256(abi.encode("attestor", salt, i))) >> 8) | 1;
        }
        for (uint256 i; i < 3; ++i) {
            for (uint256 j = i + 1; j < 3; ++j) {
                if (vm.addr(keys[j]) < vm.addr(keys[i])) (keys[i], keys[j]) = (keys[j], keys[i]);
            }
        }
    }

    function _addressesOf(uint256[] memory keys) internal pure returns (address[] memory list) {
        list = new address[](keys.length);
        for (uint256 i; i < keys.length; ++i) {
            list[i] = vm.addr(keys[i]);
        }
    }

    // -- making --------------------------------------------------------------------------------------------------------------

    function _makeAssets() private {
        tokens.push(new CampaignToken(6, true));
        tokens.push(new CampaignToken(8, false));
        tokens.push(new CampaignToken(18, false));
        tokens.push(new CampaignToken(18, false));
        feeds.push(new CampaignFeed(1e8));
        feeds.push(new CampaignFeed(60_000e8));
        feeds.push(new CampaignFeed(3_000e8));
        feeds.push(new CampaignFeed(1e8));
        for (uint256 i; i < TOKENS; ++i) {
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

    /// @dev What anybody may do at any time when nobody holds the lock, and what prices or quotes.
    function _planProbe(uint32 v) private {
        bytes[] memory doors = new bytes[](5);
        doors[0] = abi.encodeCall(ISettlementPool.checkpoint, (v));
        doors[1] = abi.encodeCall(ILotDesk.liveLots, (0, 1));
        doors[2] = abi.encodeCall(ICollateralValuer.prices, (v));
        doors[3] = abi.encodeCall(ISettlementPool.contribute, (v, 0));
        doors[4] = abi.encodeCall(ICollateralValuer.price, (v, address(_asset(v, 1))));
        probe.plan(doors);
    }

    function _configs(uint32 v) internal view returns (AssetConfig[] memory list) {
        list = new AssetConfig[](ASSETS);
        for (uint256 i; i < ASSETS; ++i) {
            list[i].token = address(_asset(v, i));
            list[i].feed = address(_feed(v, i));
            list[i].haircutBps = i == 0 ? 0 : 1_000;
            list[i].maxAge = 1 hours;
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

    // -- time ----------------------------------------------------------------------------------------------------------------

    function _pass(uint256 secondsOn) internal {
        clock += secondsOn;
        height += secondsOn < 12 ? 1 : secondsOn / 12;
        vm.warp(clock);
        vm.roll(height);
    }

    /// @notice The venue's clock by the campaign's own record of pauses.
    function _clockByHand(uint32 v) internal view returns (uint256) {
        uint256 from = pausedFrom[v];
        if (from == 0) return clock;
        return clock - pausedBefore[v] - _least(clock - from, 1 days);
    }

    function _isPaused(uint32 v) internal view returns (bool) {
        return pausedFrom[v] != 0 && clock < pausedFrom[v] + 1 days;
    }

    function _termsOf(address account, uint32 v, uint96 cap) internal view returns (PledgeTerms memory) {
        return
            PledgeTerms({
                account: account,
                venue: v,
                policyVersion: registry.policyVersion(v),
                debitCap: cap,
                nonce: vault.pledges(account),
                deadline: uint40(clock + 1 hours)
            });
    }
}
