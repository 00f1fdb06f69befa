// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {AccountStatus, Lot} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "./DefaultScenario.sol";
import {TestToken} from "./Tokens.sol";

/// @notice The players of the campaign, the venue's off-chain nets, and what is remembered of every step for the invariants.
/// @dev Player 0 is the venue's own book: it takes the other side of every trade and is never called.
abstract contract CampaignWorld is DefaultScenario {
    /// @dev How much an account may fall in the step at hand, by a door of its own.
    struct Allowance {
        address account;
        address token;
        uint256 amount;
    }

    uint256 internal constant PLAYERS = 5;
    address internal constant MEMBER = address(0x3E3BE4);

    address[] internal players;
    TestToken[] internal tokens;
    mapping(address account => int256) internal net;
    /// @dev What settlement has been seen to move to an account since its pledge, measured in its balance.
    mapping(address account => int256) internal moved;
    uint256 internal donated;
    bytes32[] internal postedHashes;
    /// @dev A lot's id comes back when its asset is put on sale again under the same pledge: a run is known by its beginning too.
    mapping(bytes32 run => uint256) internal lastPrice;

    Allowance[] private _allowances;
    mapping(string name => string) internal broken;
    mapping(string action => uint256) public tried;
    mapping(string action => uint256) public succeeded;

    function setUp() public virtual override {
        // The runner may call this at any time: the world is made once.
        if (players.length != 0) return;
        super.setUp();
        tokens = [usdc, wbtc, weth];
        for (uint256 i; i < PLAYERS; ++i) {
            players.push(openAndPledge(100 + i));
        }
        deposit(players[0], usdc, 1_000_000e6);
        fillFund(2_000e6, 2_000e6, MEMBER);
        usdc.mint(MEMBER, 1_000_000e6);
        usdc.mint(address(this), 1_000_000_000e6);
        usdc.approve(address(vault), type(uint256).max);
        usdc.approve(address(fund), type(uint256).max);
        usdc.approve(address(auction), type(uint256).max);
    }

    // -- steps -----------------------------------------------------------------------------------------------------------

    /// @dev The runner keeps no time between steps: the world does.
    modifier step() {
        vm.warp(clock);
        vm.roll(height);
        _;
        _watchAuctions();
    }

    /// @notice Lets `account` fall by up to `amount` of `token` in the next `_try`.
    function _allow(address account, TestToken token, uint256 amount) internal {
        _allowances.push(Allowance({account: account, token: address(token), amount: amount}));
    }

    /// @notice Sends one transaction, refuses it no outcome, and holds every account's balance against what was allowed.
    function _try(string memory action, address sender, address target, bytes memory data) internal returns (bool ok) {
        uint256[] memory before = _balances();
        if (sender != address(this)) vm.prank(sender);
        (ok, ) = target.call(data);
        _compare(action, before);
        _require(!vault.locked(), "reentrancySafe", string.concat("the lock was not returned by ", action));
        delete _allowances;
        _count(action, ok);
    }

    function _count(string memory action, bool ok) internal {
        ++tried[action];
        if (ok) ++succeeded[action];
    }

    function _break(string memory invariantName, string memory what) internal {
        if (bytes(broken[invariantName]).length == 0) broken[invariantName] = what;
    }

    function _require(bool condition, string memory invariantName, string memory what) internal {
        if (!condition) _break(invariantName, what);
    }

    // -- the venue's books -------------------------------------------------------------------------------------------------

    /// @notice Posts the nets as a root at live prices; credits that a shortfall uncovered are cut first.
    function _post(bool settles) internal {
        _cutUncovered();
        for (uint256 i; i < players.length; ++i) {
            if (_pledged(players[i])) setNet(players[i], net[players[i]]);
        }
        int256 covered = _sumOfNets();
        _require(covered <= _baseByHand(), "poolCovers", "a root's credits exceed its debits and the base");
        postRoot(venue, VENUE_KEY, livePrices(venue), settles);
        (bytes32 structHash, ) = attestationLog.posted(venue, attestationLog.newest(venue));
        postedHashes.push(structHash);
        _count("post", true);
    }

    /// @dev sum of N must not exceed the base: what is outstanding is cut until it does not.
    function _cutUncovered() private {
        int256 excess = _sumOfNets() - _baseByHand();
        for (uint256 i; i < players.length && excess > 0; ++i) {
            if (!_pledged(players[i])) continue;
            int256 owing = net[players[i]] - settledOf(players[i]);
            if (owing <= 0) continue;
            int256 cut = owing < excess ? owing : excess;
            net[players[i]] -= cut;
            excess -= cut;
        }
    }

    function _sumOfNets() internal view returns (int256 sum) {
        for (uint256 i; i < players.length; ++i) {
            if (_pledged(players[i])) sum += net[players[i]];
        }
    }

    /// @notice pool + what it holds in kind + sum of settled over pledged accounts, less what released accounts still claim.
    function _baseByHand() internal view returns (int256 base) {
        base = int256(uint256(settlement.book(venue).pool));
        for (uint256 i = 1; i < tokens.length; ++i) {
            base += int256(uint256(settlement.inKind(venue, address(tokens[i])).value));
        }
        for (uint256 i; i < players.length; ++i) {
            base += settledOf(players[i]) - int256(settlement.claims(venue, players[i]));
        }
    }

    function _pledged(address account) internal view returns (bool) {
        return vault.record(account).venue != 0;
    }

    function _isClosing(address account) internal view returns (bool) {
        AccountStatus status = statusOf(account);
        return status == AccountStatus.CLOSING_OUT || status == AccountStatus.LOSS_FIXED;
    }

    function _client(uint256 seed) internal view returns (address) {
        return players[1 + (seed % (PLAYERS - 1))];
    }

    /// @notice Value after haircuts worked out here: what is pending counts as gone.
    function _valueByHand(address account, uint128[] memory prices) internal view returns (uint256 value) {
        uint16[3] memory kept = [uint16(10_000), 9_000, 9_000];
        for (uint256 i; i < 3; ++i) {
            uint256 held = tokens[i].balanceOf(account);
            uint256 pending = owners.pendingOf(account, address(tokens[i]));
            held = held > pending ? held - pending : 0;
            value += (held * prices[i] * kept[i]) / 1e18 / 10_000;
        }
    }

    /// @notice Whether the newest root, at its own and at live prices, shows the account short of its initial margin.
    function _isShort(address account) internal view returns (bool) {
        uint256 last = roots[venue].length;
        if (last == 0 || !_pledged(account)) return false;
        uint32 index = vault.record(account).index;
        if (index >= roots[venue][last - 1].leaves.length) return false;
        uint256 atRoot = _valueByHand(account, roots[venue][last - 1].prices.collateral);
        uint256 live = _valueByHand(account, valuer.prices(venue));
        int256 due =
            int256(uint256(roots[venue][last - 1].leaves[index].credit)) -
                int256(uint256(roots[venue][last - 1].leaves[index].debit)) -
                settledOf(account);
        int256 better = int256(atRoot > live ? atRoot : live) + due;
        return better < int256(uint256(roots[venue][last - 1].leaves[index].initialMargin));
    }

    // -- watching ----------------------------------------------------------------------------------------------------------

    function _balances() private view returns (uint256[] memory held) {
        held = new uint256[](players.length * 3);
        for (uint256 i; i < held.length; ++i) {
            held[i] = tokens[i % 3].balanceOf(players[i / 3]);
        }
    }

    function _compare(string memory action, uint256[] memory before) private {
        for (uint256 i; i < before.length; ++i) {
            uint256 held = tokens[i % 3].balanceOf(players[i / 3]);
            if (held >= before[i]) continue;
            uint256 allowed;
            for (uint256 j; j < _allowances.length; ++j) {
                Allowance memory allowance = _allowances[j];
                if (allowance.account == players[i / 3] && allowance.token == address(tokens[i % 3])) allowed += allowance.amount;
            }
            _require(before[i] - held <= allowed, "neverPaysForAnother", action);
        }
    }

    function _watchAuctions() internal {
        if (vault.locked()) return;
        (uint256[] memory live, Lot[] memory lots, ) = auction.liveLots(0, type(uint256).max);
        for (uint256 i; i < live.length; ++i) {
            Lot memory sale = lots[i];
            _require(sale.resets <= 2, "auctionBounded", "more resets than the policy allows");
            _require(sale.position == i + 1, "auctionBounded", "a lot is not where it says it is");
            _watchCurve(live[i], sale);
            (uint256 price, ) = auction.quote(live[i], clock);
            bytes32 run = keccak256(abi.encode(live[i], sale.startTime, sale.price, sale.resets));
            uint256 last = lastPrice[run];
            _require(last == 0 || price <= last, "auctionBounded", "price rose within a run");
            lastPrice[run] = price;
        }
    }

    /// @dev The whole run, past its end: within [floor, start] and never rising.
    function _watchCurve(uint256 lot, Lot memory sale) private {
        uint256 top = (uint256(sale.price) * 11_000 + 9_999) / 10_000;
        uint256 floor = (uint256(sale.price) * 7_000) / 10_000;
        if (floor == 0) floor = 1;
        uint256 last = top;
        for (uint256 i; i <= 10; ++i) {
            (uint256 price, ) = auction.quote(lot, sale.startTime + (20 minutes * i) / 8);
            _require(price >= floor && price <= top, "auctionBounded", "price outside [floor, start]");
            _require(price <= last, "auctionBounded", "the curve rises");
            last = price;
        }
    }

    function _liveLots() internal view returns (uint256[] memory ids) {
        (ids, , ) = auction.liveLots(0, type(uint256).max);
    }

    /// @dev The last eight bits of a lot's id are its asset's place.
    function _tokenOf(uint256 lot) internal view returns (TestToken) {
        return tokens[lot & 0xff];
    }

    /// @notice What a released winner is still owed.
    function _claim(address account) internal {
        _try("claim", address(this), address(vault), abi.encodeCall(ISettlementPool.claim, (venue, account)));
    }

    function _least(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
