// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A contract wallet that accepts exactly the digests it was told to.
contract WalletOwner {
    bytes4 internal constant MAGIC = 0x1626ba7e;
    mapping(bytes32 digest => bool) public approved;

    function approve(bytes32 digest) external {
        approved[digest] = true;
    }

    function isValidSignature(bytes32 digest, bytes calldata) external view virtual returns (bytes4) {
        return approved[digest] ? MAGIC : bytes4(0xffffffff);
    }

    /// @notice Calls `target` as this wallet.
    function execute(address target, bytes calldata payload) external returns (bytes memory) {
        (bool ok, bytes memory answer) = target.call(payload);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
        return answer;
    }
}

/// @notice Answers something that is not the magic value, or nothing at all, or reverts.
contract BadWallet {
    enum Kind {
        REVERTS,
        WRONG_VALUE,
        SHORT_ANSWER,
        DIRTY_ANSWER,
        EATS_GAS
    }

    Kind private immutable KIND;

    constructor(Kind kind) {
        KIND = kind;
    }

    function isValidSignature(bytes32, bytes calldata) external view {
        if (KIND == Kind.REVERTS) revert("no");
        if (KIND == Kind.EATS_GAS) {
            while (gasleft() > 0) {}
        }
        bytes32 word = KIND == Kind.WRONG_VALUE ? bytes32(bytes4(0x1626ba7f)) : bytes32(bytes4(0x1626ba7e));
        if (KIND == Kind.DIRTY_ANSWER) word |= bytes32(uint256(1));
        uint256 length = KIND == Kind.SHORT_ANSWER ? 4 : 32;
        assembly ("memory-safe") {
            mstore(0, word)
            return(0, length)
        }
    }
}

/// @notice Says yes only when its attempt to call back failed: a pledge that succeeds proves that it did.
contract ReenteringWallet {
    address private immutable TARGET;
    bytes private _payload;

    constructor(address target) {
        TARGET = target;
    }

    function arm(bytes calldata payload) external {
        _payload = payload;
    }

    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        (bool ok, ) = TARGET.call(_payload);
        return ok ? bytes4(0xffffffff) : bytes4(0x1626ba7e);
    }
}
