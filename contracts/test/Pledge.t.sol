// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISegregatedAccount} from "../src/interfaces/ISegregatedAccount.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {AccountRecord, AccountStatus, AssetConfig, Flags, PledgeTerms, VenueParameters} from "../src/interfaces/Types.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ForcedStates, IMadeOfParts} from "./support/ForcedStates.sol";
import {PledgeKeys} from "./support/PledgeKeys.sol";
import {BadWallet, ReenteringWallet, WalletOwner} from "./support/Owners.sol";

/// @notice Accounts at known addresses, and the one act that both sides sign. Keeps `nonceOnce` for pledges.
contract PledgeTest is ForcedStates {
    uint256 private constant OWNER_KEY = 0xB0B;
    address private owner;
    address private account;
    /// @dev Kept, for the optimiser may read `block.chainid` again where it is used.
    uint256 private home;

    function setUp() public override {
        super.setUp();
        owner = vm.addr(OWNER_KEY);
        account = vault.open(owner, 0);
        ownerKeyOf[account] = OWNER_KEY;
        home = block.chainid;
    }

    // -- accounts ----------------------------------------------------------------------------------------------------

    function testFuzz_open_landsWhereItWasPredicted(address who, uint96 number) public {
        vm.assume(who != address(0) && (who != owner || number != 0));
        address predicted = vault.predict(who, number);
        assertEq(predicted.code.length, 0, "nothing there before");
        assertEqAddress(vault.open(who, number), predicted, "opened at the predicted address");
        assertEqAddress(vault.ownerOf(predicted), who, "its code names its owner");
        bytes memory code = abi.encodePacked(
            hex"363d3d373d3d3d363d73",
            address(vault),
            hex"8033186030575af43d82803e903d916032575bfd5bf3",
            bytes20(who),
            number
        );
        assertEq(predicted.code, code, "which is all that it is");
    }

    function testFuzz_predict_differsForEveryOwnerAndNumber(address a, uint96 m, address b, uint96 n) public view {
        vm.assume(a != b || m != n);
        assertTrue(vault.predict(a, m) != vault.predict(b, n), "no two accounts share an address");
    }

    function test_withdraw_whatCameBeforeTheAccountExisted() public {
        address later = vault.predict(owner, 5);
        usdc.mint(later, 77);
        vault.open(owner, 5);
        vm.prank(owner);
        vault.withdraw(later, address(usdc), 77, address(0xCAFE));
        assertEq(usdc.balanceOf(address(0xCAFE)), 77, "nothing was lost");
    }

    function test_open_twice() public {
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotCreated.selector, owner, 0));
        vault.open(owner, 0);
    }

    function test_open_forNobody() public {
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ZeroAddress.selector));
        vault.open(address(0), 1);
    }

    function test_ownerOf_whatTheVaultDidNotMake() public {
        _requireNotAnAccount(address(0x1234));
        _requireNotAnAccount(address(this));
        _requireNotAnAccount(pool);
        _requireNotAnAccount(vault.predict(owner, 9));
        // The very code of an account, at another address.
        address copy = address(0x5EED);
        vm.etch(copy, account.code);
        _requireNotAnAccount(copy);
        _requireNotAnAccount(address(uint160(uint256(bytes32(account.code) << 80) >> 96)));
    }

    function test_pay_byAnybodyButTheVault() public {
        deposit(account, usdc, 10);
        address[3] memory callers = [owner, address(this), IMadeOfParts(address(vault)).parts().settlementPool];
        for (uint256 i; i < callers.length; ++i) {
            vm.prank(callers[i]);
            vm.expectRevert(bytes(""));
            ISegregatedAccount(account).pay(IERC20(address(usdc)), owner, 1);
        }
    }

    function test_pay_byTheVaultItself() public {
        usdc.mint(address(vault), 10);
        address[3] memory callers = [owner, address(this), address(vault)];
        for (uint256 i; i < callers.length; ++i) {
            vm.prank(callers[i]);
            vm.expectRevert(abi.encodeWithSelector(ISegregatedAccount.OnlyAsAccount.selector));
            ISegregatedAccount(address(vault)).pay(IERC20(address(usdc)), owner, 1);
        }
    }

    /// @dev Whose storage and money a borrowed `pay` would move are the borrower's own.
    function test_pay_borrowedByAnotherContract() public {
        bytes memory call = abi.encodeCall(ISegregatedAccount.pay, (IERC20(address(usdc)), owner, 1));
        usdc.mint(address(this), 10);
        (bool ok, bytes memory answer) = address(vault).delegatecall(call);
        assertTrue(!ok, "refused");
        assertEq(answer, abi.encodeWithSelector(ISegregatedAccount.OnlyAsAccount.selector), "by name");
    }

    /// @dev The account runs the vault's code, which must not make it a second vault.
    function test_account_isNoVault() public {
        bytes[6] memory calls = [
            abi.encodeWithSignature("open(address,uint96)", owner, 1),
            abi.encodeWithSignature("withdraw(address,address,uint256,address)", account, address(usdc), 1, owner),
            abi.encodeWithSignature("record(address)", account),
            abi.encodeWithSignature("locked()"),
            abi.encodeWithSignature("parts()"),
            bytes("")
        ];
        for (uint256 i; i < calls.length; ++i) {
            vm.prank(owner);
            (bool ok, bytes memory answer) = account.call(calls[i]);
            assertTrue(!ok && answer.length == 0, "it answers nobody");
        }
    }

    function test_account_doesNothingElse() public {
        bytes[4] memory attempts = [
            abi.encodeWithSignature("execute(address,uint256,bytes)", address(usdc), 0, ""),
            abi.encodeWithSignature("isValidSignature(bytes32,bytes)", bytes32(0), ""),
            abi.encodeWithSignature("approve(address,uint256)", owner, 1),
            abi.encodeWithSignature("initialize(address)", owner)
        ];
        for (uint256 i; i < attempts.length; ++i) {
            vm.prank(owner);
            (bool ok, ) = account.call(attempts[i]);
            assertTrue(!ok, "an account has one payer and no other function");
        }
    }

    // -- pledge: both sides sign -------------------------------------------------------------------------------------

    function test_pledge_bySignaturesOfBoth() public {
        PledgeTerms memory terms = termsOf(account, venue);
        terms.debitCap = 123e6;
        bytes32 digest = pledgeDigest(terms);
        (bytes memory own, bytes memory its) = (signAs(OWNER_KEY, digest), signAs(VENUE_KEY, digest));
        vm.expectEmit(address(vault));
        emit ICollateralVault.AccountPledged(account, venue, 0, 1, 123e6);
        vm.prank(address(0xCA11));
        vault.pledge(terms, own, its);
        AccountRecord memory record = vault.record(account);
        assertEq(record.venue, venue, "pledged");
        assertTrue(record.status == AccountStatus.ACTIVE, "active");
        assertEqInt(record.settled, 0, "nothing settled");
        assertEq(vault.allowance(account).debitCap, 123e6, "the cap the owner agreed to");
        assertEq(vault.pledges(account), 1, "counted");
    }

    function test_pledge_whenTheOwnerCalls() public {
        PledgeTerms memory terms = termsOf(account, venue);
        bytes memory its = signAs(VENUE_KEY, pledgeDigest(terms));
        vm.prank(owner);
        vault.pledge(terms, "", its);
        assertEq(vault.record(account).venue, venue, "the owner's own call is its signature");
    }

    function test_pledge_withoutTheOwner() public {
        PledgeTerms memory terms = termsOf(account, venue);
        bytes memory its = signAs(VENUE_KEY, pledgeDigest(terms));
        _refuse(terms, "", its, abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, owner));
        _refuse(terms, its, its, abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, owner));
        assertEq(vault.record(account).venue, 0, "still free");
        assertEq(vault.pledges(account), 0, "no nonce was used");
    }

    function test_pledge_withoutTheVenue() public {
        PledgeTerms memory terms = termsOf(account, venue);
        bytes memory own = signAs(OWNER_KEY, pledgeDigest(terms));
        _refuse(terms, own, "", abi.encodeWithSelector(ICollateralVault.VenueSignature.selector, venueKey));
        _refuse(terms, own, own, abi.encodeWithSelector(ICollateralVault.VenueSignature.selector, venueKey));
    }

    function testFuzz_pledge_whenAnyTermDiffersFromWhatWasSigned(uint256 what, uint256 bit) public {
        PledgeTerms memory terms = termsOf(account, venue);
        (bytes memory own, bytes memory its) = _sign(terms);
        what %= 6;
        if (what == 0) terms.account = vault.open(owner, 1);
        else if (what == 1) terms.venue ^= uint32(1 << bit % 32);
        else if (what == 2) terms.policyVersion ^= uint32(1 << bit % 32);
        else if (what == 3) terms.debitCap ^= uint96(1 << bit % 96);
        else if (what == 4) terms.nonce ^= uint32(1 << bit % 32);
        else terms.deadline ^= uint40(1 << bit % 40);
        vm.expectRevert();
        vault.pledge(terms, own, its);
    }

    function test_pledge_atAndAfterItsDeadline() public {
        PledgeTerms memory terms = termsOf(account, venue);
        (bytes memory own, bytes memory its) = _sign(terms);
        advance(1 hours + 1);
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.PledgeExpired.selector, terms.deadline));
        vm.warp(terms.deadline);
        vault.pledge(terms, own, its);
    }

    function test_pledge_twice() public {
        PledgeTerms memory terms = termsOf(account, venue);
        (bytes memory own, bytes memory its) = _sign(terms);
        vault.pledge(terms, own, its);
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.AlreadyPledged.selector, account));
    }

    function test_pledge_withTheSignaturesOfAnEndedOne() public {
        PledgeTerms memory terms = termsOf(account, venue);
        (bytes memory own, bytes memory its) = _sign(terms);
        vault.pledge(terms, own, its);
        forceRelease(account, 0);
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.PledgeNonce.selector, 1, 0));
        terms.nonce = 1;
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, owner));
        (own, its) = _sign(terms);
        assertEq(vault.pledge(terms, own, its), 1, "a new pledge has a new index");
    }

    function test_pledge_onAnotherChainOrContract() public {
        PledgeTerms memory terms = termsOf(account, venue);
        (bytes memory own, bytes memory its) = _sign(terms);
        vm.chainId(10);
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, owner));
        vm.chainId(home);
        bytes32 elsewhere = digestFor(
            address(fund),
            keccak256(
                abi.encode(PLEDGE_TYPEHASH, terms.account, terms.venue, terms.policyVersion, terms.debitCap, terms.nonce, terms.deadline)
            )
        );
        bytes memory foreign = signAs(OWNER_KEY, elsewhere);
        _refuse(terms, foreign, its, abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, owner));
    }

    function test_pledge_withSignaturesForAnotherVenueOfTheSameKey() public {
        uint32 second = registry.register(venueKey, address(0), defaultAssets(), attestorAddresses(), 2, defaultParameters());
        PledgeTerms memory terms = termsOf(account, venue);
        (bytes memory own, bytes memory its) = _sign(terms);
        terms.venue = second;
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, owner));
    }

    function test_pledge_toAnUnknownVenueOrPolicy() public {
        PledgeTerms memory terms = termsOf(account, venue);
        terms.venue = 9;
        (bytes memory own, bytes memory its) = _sign(terms);
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.VenueNotLive.selector, 9));
        terms = termsOf(account, venue);
        terms.policyVersion = 2;
        (own, its) = _sign(terms);
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.PolicyNotCurrent.selector, 1, 2));
        terms = termsOf(address(0x77), venue);
        (own, its) = _sign(terms);
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.NotAnAccount.selector, address(0x77)));
    }

    function test_pledge_withADebitCapBelowThePolicysLeast() public {
        PledgeTerms memory terms = termsOf(account, venue);
        terms.debitCap = 100e6 - 1;
        (bytes memory own, bytes memory its) = _sign(terms);
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.DebitCapTooLow.selector, 100e6 - 1, 100e6));
        terms.debitCap = 100e6;
        (own, its) = _sign(terms);
        vault.pledge(terms, own, its);
        assertEq(vault.record(account).flags, Flags.CAPPED, "capped");
    }

    function test_pledge_withoutADebitCap() public {
        pledgeAgain(account, venue, VENUE_KEY);
        assertEq(vault.record(account).flags, 0, "the largest figure means no cap, and costs no look at it later");
    }

    function test_pledge_toAVenueThatPostsNoRoots() public {
        advance(6 hours);
        pledgeAgain(account, venue, VENUE_KEY);
        advance(1);
        account = vault.open(owner, 1);
        PledgeTerms memory terms = termsOf(account, venue);
        (bytes memory own, bytes memory its) = _sign(terms);
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.VenueNotLive.selector, venue));
        postRoot();
        vault.pledge(terms, own, its);
        assertEq(vault.record(account).venue, venue, "a root brings it back");
    }

    function test_pledge_underAnEarlierPolicy() public {
        PledgeTerms memory terms = termsOf(account, venue);
        (bytes memory own, bytes memory its) = _sign(terms);
        (AssetConfig[] memory assets, VenueParameters memory figures) = (defaultAssets(), defaultParameters());
        vm.prank(venueKey);
        registry.publishPolicy(venue, assets, figures);
        _refuse(terms, own, its, abi.encodeWithSelector(ICollateralVault.PolicyNotCurrent.selector, 2, 1));
        terms = termsOf(account, venue);
        (own, its) = _sign(terms);
        vault.pledge(terms, own, its);
        assertEq(vault.record(account).policyVersion, 2, "bound by the version that was signed");
    }

    // -- contract wallets --------------------------------------------------------------------------------------------

    function test_pledge_byAContractWallet() public {
        WalletOwner wallet = new WalletOwner();
        address its = vault.open(address(wallet), 0);
        PledgeTerms memory terms = termsOf(its, venue);
        bytes32 digest = pledgeDigest(terms);
        bytes memory venueSignature = signAs(VENUE_KEY, digest);
        _refuse(terms, "", venueSignature, abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, address(wallet)));
        wallet.approve(digest);
        vault.pledge(terms, "", venueSignature);
        assertEq(vault.record(its).venue, venue, "the wallet agreed");
    }

    function test_pledge_byAContractThatLiesOrFails() public {
        for (uint256 i; i < 4; ++i) {
            address wallet = address(new BadWallet(BadWallet.Kind(i)));
            PledgeTerms memory terms = termsOf(vault.open(wallet, 0), venue);
            bytes memory its = signAs(VENUE_KEY, pledgeDigest(terms));
            _refuse(terms, "", its, abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, wallet));
        }
    }

    function test_pledge_byAContractThatCallsBack() public {
        ReenteringWallet wallet = new ReenteringWallet(address(vault));
        address its = vault.open(address(wallet), 0);
        deposit(its, usdc, 50);
        PledgeTerms memory terms = termsOf(its, venue);
        bytes memory venueSignature = signAs(VENUE_KEY, pledgeDigest(terms));
        wallet.arm(abi.encodeCall(vault.withdraw, (its, address(usdc), 50, address(wallet))));
        vault.pledge(terms, "", venueSignature);
        assertEq(usdc.balanceOf(its), 50, "nothing left in the middle of the pledge");
    }

    function test_pledge_toAVenueWhoseKeyIsAContract() public {
        WalletOwner key = new WalletOwner();
        uint32 second = registry.register(address(key), address(0), defaultAssets(), attestorAddresses(), 2, defaultParameters());
        PledgeTerms memory terms = termsOf(account, second);
        bytes32 digest = pledgeDigest(terms);
        bytes memory own = signAs(OWNER_KEY, digest);
        _refuse(terms, own, "", abi.encodeWithSelector(ICollateralVault.VenueSignature.selector, address(key)));
        key.approve(digest);
        vault.pledge(terms, own, "");
        assertEq(vault.record(account).venue, second, "pledged");
    }

    function testFuzz_key_ofTwoPledges_neverTheSame(uint32 venue, uint32 index, uint32 otherVenue, uint32 otherIndex) public {
        vm.assume(venue != otherVenue || index != otherIndex);
        PledgeKeys keys = new PledgeKeys();
        assertTrue(keys.keyOf(venue, index) != keys.keyOf(otherVenue, otherIndex), "each pledge has its own");
        assertTrue(keys.keyOf(2, 1 << 31) != keys.keyOf(3, 0), "however many there were");
        assertTrue(keys.keyOf(1 << 31, 7) != keys.keyOf(0, 7), "and whatever the venue");
    }

    function _sign(PledgeTerms memory terms) private view returns (bytes memory own, bytes memory its) {
        bytes32 digest = pledgeDigest(terms);
        return (signAs(OWNER_KEY, digest), signAs(VENUE_KEY, digest));
    }

    function _refuse(PledgeTerms memory terms, bytes memory own, bytes memory its, bytes memory reason) private {
        vm.expectRevert(reason);
        vault.pledge(terms, own, its);
    }

    function _requireNotAnAccount(address what) private {
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotAnAccount.selector, what));
        vault.ownerOf(what);
    }
}
