// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IFailedVenue} from "../src/interfaces/IFailedVenue.sol";
import {ILotDesk} from "../src/interfaces/ILiquidationAuction.sol";
import {IReleases} from "../src/interfaces/IReleases.sol";
import {Deployment, Modules} from "../src/interfaces/Types.sol";
import {ForcedStates, IMadeOfParts} from "./support/ForcedStates.sol";

/// @notice One address of several parts: every function of every part is reached, by the part that has it, and no part works alone.
contract PartsTest is ForcedStates {
    uint256 private constant PARTS = 11;
    uint256 private constant MOST_CODE = 24_576;
    /// @dev More than any function's arguments: zeros stand for all of them.
    uint256 private constant ARGUMENTS = 2_048;

    address[PARTS] private parts;

    function setUp() public override {
        super.setUp();
        Modules memory m = IMadeOfParts(address(vault)).parts();
        parts = [
            m.venueRegistry,
            m.attestationLog,
            m.collateralValuer,
            m.defaultManager,
            m.liquidationAuction,
            m.settlementPool,
            m.exitDesk,
            m.disputeDesk,
            m.closeOut,
            m.ownerDesk,
            m.venueStates
        ];
    }

    function test_code_ofEveryContract_fitsTheLimit() public view {
        assertLe(address(vault).code.length, MOST_CODE, "the vault");
        for (uint256 i; i < PARTS; ++i) {
            assertTrue(parts[i].code.length != 0, "there is such a part");
            assertLe(parts[i].code.length, MOST_CODE, "a part");
        }
        Deployment memory d = IMadeOfParts(address(vault)).deployment();
        assertLe(d.funds.code.length, MOST_CODE, "the funds' factory");
        assertLe(address(fund).code.length, MOST_CODE, "a fund");
        assertEqAddress(d.vault, address(vault), "the parts know the one address");
    }

    /// @dev What a part has is read from its own bytecode: a function that is added to one and forgotten in the vault turns up here.
    function test_everyFunctionOfEveryPart_isReached() public {
        bytes4[][] memory functions = new bytes4[][](PARTS);
        for (uint256 i; i < PARTS; ++i) {
            functions[i] = _functionsOf(parts[i]);
        }
        // From here on each part only says which one it is.
        for (uint256 i; i < PARTS; ++i) {
            vm.etch(parts[i], abi.encodePacked(hex"60", uint8(i), hex"5f5260205ff3"));
        }
        uint256 reached;
        for (uint256 i; i < PARTS; ++i) {
            for (uint256 j; j < functions[i].length; ++j) {
                if (_isConstant(functions[i][j])) continue;
                (bool ok, bytes memory answer) = address(vault).call(abi.encodePacked(functions[i][j], new bytes(ARGUMENTS)));
                assertTrue(ok, "routed somewhere");
                assertEq(abi.decode(answer, (uint256)), i, "to the part that has it");
                ++reached;
            }
        }
        assertGe(reached, 90, "and none was overlooked");
    }

    function test_unknownFunctions_areRefusedByName() public {
        _requireNoSuchFunction(hex"deadbeef", 0xdeadbeef);
        _requireNoSuchFunction(hex"deadbeef00000000000000000000000000000000000000000000000000000000000000aa", 0xdeadbeef);
        _requireNoSuchFunction("", 0);
        _requireNoSuchFunction(hex"dead", 0xdead0000);
        // What parts share, and the vault's own construction, is nobody's to call.
        _requireNoSuchFunction(abi.encodeWithSignature("initialize(address)", address(this)), bytes4(keccak256("initialize(address)")));
        _requireNoSuchFunction(abi.encodeWithSignature("upgradeTo(address)", address(this)), bytes4(keccak256("upgradeTo(address)")));
        _requireNoSuchFunction(abi.encodeWithSignature("owner()"), bytes4(keccak256("owner()")));
    }

    function test_vault_takesNoEther() public {
        vm.deal(address(this), 1);
        (bool ok, ) = address(vault).call{value: 1}("");
        assertTrue(!ok, "not bare");
        (ok, ) = address(vault).call{value: 1}(abi.encodeCall(settlement.checkpoint, (venue)));
        assertTrue(!ok, "nor with a call");
    }

    function test_parts_refuseToRunAsThemselves() public {
        bytes4[] memory writing = _writing();
        for (uint256 i; i < PARTS; ++i) {
            bytes4[] memory functions = _functionsOf(parts[i]);
            for (uint256 j; j < functions.length; ++j) {
                for (uint256 k; k < writing.length; ++k) {
                    if (functions[j] != writing[k]) continue;
                    (bool ok, bytes memory answer) = parts[i].call(abi.encodePacked(functions[j], new bytes(ARGUMENTS)));
                    assertTrue(!ok, "a part by itself does nothing");
                    assertEq(answer, abi.encodeWithSelector(ICollateralVault.OnlyAsVault.selector), "by name");
                    writing[k] = 0;
                }
            }
        }
        for (uint256 k; k < writing.length; ++k) {
            assertEqHash(writing[k], 0, "every one of them was found and refused");
        }
    }

    /// @dev Nothing that a part can be asked changes a word of its own state.
    function test_parts_keepNoState() public {
        bytes memory nothing = new bytes(ARGUMENTS);
        for (uint256 i; i < PARTS; ++i) {
            bytes4[] memory functions = _functionsOf(parts[i]);
            for (uint256 j; j < functions.length; ++j) {
                bytes memory call = abi.encodePacked(functions[j], nothing);
                (bool live, bytes memory answer) = parts[i].call(call);
                // A static call fails where the other had written.
                (bool still, bytes memory same) = parts[i].staticcall(call);
                assertTrue(live == still, "as if nothing could be written");
                assertEq(answer, same, "and with the same answer");
            }
        }
    }

    function test_parts_areWhatTheyAreCalled() public {
        Modules memory m = IMadeOfParts(address(vault)).parts();
        _requireHas(m.venueRegistry, registry.register.selector);
        _requireHas(m.attestationLog, attestationLog.post.selector);
        _requireHas(m.collateralValuer, valuer.prices.selector);
        _requireHas(m.defaultManager, defaults.callMargin.selector);
        _requireHas(m.liquidationAuction, ILotDesk.start.selector);
        _requireHas(m.settlementPool, settlement.settle.selector);
        _requireHas(m.exitDesk, exits.finishExit.selector);
        _requireHas(m.disputeDesk, disputes.demand.selector);
        _requireHas(m.closeOut, closeOut.resolve.selector);
        _requireHas(m.ownerDesk, owners.relay.selector);
        _requireHas(m.venueStates, states.poke.selector);
    }

    // -- deploying ---------------------------------------------------------------------------------------------------

    function test_deploy_whereNobodyPredicted() public {
        Deployment memory d = IMadeOfParts(address(vault)).deployment();
        Modules memory m = IMadeOfParts(address(vault)).parts();
        d.vault = address(0x5E771E);
        vm.expectPartialRevert(bytes4(keccak256("DeployedElsewhere(address,address)")));
        this.deployVault(d, m);
    }

    function test_deploy_withAPartThatIsMissing() public {
        Deployment memory d = IMadeOfParts(address(vault)).deployment();
        Modules memory m = IMadeOfParts(address(vault)).parts();
        m.closeOut = address(0x77);
        vm.expectRevert(abi.encodeWithSignature("NoCodeAt(address)", address(0x77)));
        this.deployVault(d, m);
    }

    /// @dev From the outside, so that the constructor's refusal can be seen.
    function deployVault(Deployment calldata d, Modules calldata m) external returns (address created) {
        bytes memory code = abi.encodePacked(vm.getCode("CollateralVault.sol:CollateralVault"), abi.encode(d, m));
        assembly ("memory-safe") {
            created := create(0, add(code, 0x20), mload(code))
            if iszero(created) {
                returndatacopy(code, 0, returndatasize())
                revert(code, returndatasize())
            }
        }
    }

    /// @dev Whatever changes something, of all parts.
    function _writing() private view returns (bytes4[] memory list) {
        bytes4[65] memory all = [
            registry.register.selector,
            registry.publishPolicy.selector,
            registry.adoptPolicy.selector,
            states.changeQuorum.selector,
            states.applyQuorum.selector,
            states.pause.selector,
            states.poke.selector,
            states.fail.selector,
            attestationLog.post.selector,
            settlement.settle.selector,
            settlement.payOwed.selector,
            settlement.claim.selector,
            settlement.claimInKind.selector,
            settlement.buyInKind.selector,
            settlement.contribute.selector,
            settlement.checkpoint.selector,
            owners.requestWithdrawal.selector,
            owners.cancelWithdrawal.selector,
            owners.finaliseWithdrawal.selector,
            owners.switchAddressBook.selector,
            owners.addToBook.selector,
            owners.removeFromBook.selector,
            owners.lowerDebitCap.selector,
            owners.applyDebitCap.selector,
            owners.relay.selector,
            defaults.callMargin.selector,
            defaults.cure.selector,
            defaults.lapse.selector,
            defaults.declareDefault.selector,
            defaults.refreshOwed.selector,
            ILotDesk.start.selector,
            ILotDesk.startOwed.selector,
            ILotDesk.startExit.selector,
            ILotDesk.reset.selector,
            ILotDesk.close.selector,
            ILotDesk.sellToFund.selector,
            ILotDesk.passInKind.selector,
            closeOut.report.selector,
            closeOut.fixLoss.selector,
            closeOut.fixLossWithoutReport.selector,
            closeOut.resolve.selector,
            closeOut.collectReward.selector,
            exits.requestRelease.selector,
            exits.cancelRelease.selector,
            exits.startExit.selector,
            exits.startExitWithProof.selector,
            exits.challengeExit.selector,
            exits.payExit.selector,
            exits.payExitFor.selector,
            exits.payExitInKind.selector,
            exits.finishExit.selector,
            IReleases.releaseWithConsent.selector,
            IReleases.port.selector,
            IFailedVenue.registerClaim.selector,
            IFailedVenue.collectTranches.selector,
            IFailedVenue.distribute.selector,
            disputes.disputeRoot.selector,
            disputes.disputeReport.selector,
            disputes.lowerCap.selector,
            disputes.acceptDebit.selector,
            disputes.confirmDebit.selector,
            disputes.lapseDispute.selector,
            disputes.demand.selector,
            disputes.answer.selector,
            disputes.findUnanswered.selector
        ];
        list = new bytes4[](all.length);
        for (uint256 i; i < list.length; ++i) {
            list[i] = all[i];
        }
    }

    function _requireHas(address part, bytes4 selector) private {
        bytes4[] memory functions = _functionsOf(part);
        for (uint256 i; i < functions.length; ++i) {
            if (functions[i] == selector) return;
        }
        assertTrue(false, "the part of that name has another one's functions");
    }

    /// @dev Figures that a part shows for itself; the vault does not carry them.
    function _isConstant(bytes4 f) private pure returns (bool) {
        return
            f == bytes4(keccak256("ROTATION_DELAY()")) ||
            f == bytes4(keccak256("PAUSE_COOLDOWN()")) ||
            f == bytes4(keccak256("MEMBERS_IN_FAILURE_BPS()")) ||
            f == bytes4(keccak256("EXIT_SALE_AFTER()")) ||
            f == bytes4(keccak256("IN_KIND_AFTER()"));
    }

    function _requireNoSuchFunction(bytes memory call, bytes4 selector) private {
        (bool ok, bytes memory answer) = address(vault).call(call);
        assertTrue(!ok, "refused");
        assertEq(answer, abi.encodeWithSignature("NoSuchFunction(bytes4)", selector), "by name");
    }

    /// @dev Four-byte constants in a part's code to which it answers something: where there is no function, a call comes back empty.
    function _functionsOf(address part) private returns (bytes4[] memory found) {
        bytes4[] memory candidates = _constantsOf(part.code);
        found = new bytes4[](candidates.length);
        uint256 n;
        bytes memory arguments = new bytes(ARGUMENTS);
        for (uint256 i; i < candidates.length; ++i) {
            (bool ok, bytes memory answer) = part.call(abi.encodePacked(candidates[i], arguments));
            if (ok || answer.length != 0) found[n++] = candidates[i];
        }
        assembly ("memory-safe") {
            mstore(found, n)
        }
    }

    /// @dev Operands of PUSH3 and PUSH4 (a selector that begins with a zero byte is pushed shorter), each once.
    function _constantsOf(bytes memory code) private pure returns (bytes4[] memory list) {
        list = new bytes4[](code.length / 5);
        uint256 n;
        for (uint256 i; i < code.length;) {
            uint8 op = uint8(code[i]);
            if ((op == 0x62 || op == 0x63) && i + 4 < code.length) {
                bytes4 operand;
                assembly ("memory-safe") {
                    operand := mload(add(add(code, 0x21), i))
                }
                if (op == 0x62) operand = (operand >> 8) & 0x00ffffff;
                bool known;
                for (uint256 j; j < n; ++j) {
                    if (list[j] == operand) known = true;
                }
                if (!known) list[n++] = operand;
            }
            i += op >= 0x60 && op <= 0x7f ? op - 0x5e : 1;
        }
        assembly ("memory-safe") {
            mstore(list, n)
        }
    }
}
