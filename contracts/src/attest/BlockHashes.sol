// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Hashes of past blocks
/// @notice The last 256 through `blockhash`, the last 8191 through the history contract of EIP-2935 where the chain has it.
library BlockHashes {
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// @return hash of `blockNumber`, or zero if the chain no longer (or not yet) knows it
    function hashAt(uint256 blockNumber) internal view returns (bytes32 hash) {
        if (blockNumber >= block.number) return 0;
        hash = blockhash(blockNumber);
        if (hash != 0) return hash;
        (bool ok, bytes memory answer) = HISTORY.staticcall(abi.encode(blockNumber));
        return ok && answer.length == 32 ? abi.decode(answer, (bytes32)) : bytes32(0);
    }
}
