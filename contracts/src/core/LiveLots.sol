// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The list of live lots
/// @notice Three ids a word; the first word has the length as well, so that while few lots are live, adding one writes one slot.
/// @dev A word: length 32 (in the first) | ids, 72 bits each | a mark that keeps the first from ever being zero, which would make the
/// next lot pay for a new slot. Ids past the length are stale and never read.
library LiveLots {
    uint256 private constant A_WORD = 3;
    uint256 private constant MARK = 1 << 255;

    /// @notice Once, when the list is made.
    function mark(mapping(uint256 word => uint256) storage list) internal {
        list[0] = MARK;
    }

    function length(mapping(uint256 word => uint256) storage list) internal view returns (uint256) {
        return uint32(list[0]);
    }

    /// @param i below the length
    function at(mapping(uint256 word => uint256) storage list, uint256 i) internal view returns (uint72) {
        return uint72(list[i / A_WORD] >> _shift(i));
    }

    /// @return place of the new id, from 1
    function push(mapping(uint256 word => uint256) storage list, uint72 id) internal returns (uint32 place) {
        uint256 head = list[0];
        uint256 n = uint32(head);
        if (n < A_WORD) {
            list[0] = _with(head, n, id) + 1;
        } else {
            list[0] = head + 1;
            list[n / A_WORD] = _with(list[n / A_WORD], n, id);
        }
        return uint32(n + 1);
    }

    /// @notice Takes the id at a place out and puts the last one there.
    /// @return moved the id that is at the place now; the one taken out if it was the last
    function remove(mapping(uint256 word => uint256) storage list, uint32 place) internal returns (uint72 moved) {
        uint256 last = length(list) - 1;
        moved = at(list, last);
        uint256 i = place - 1;
        if (i != last) list[i / A_WORD] = _with(list[i / A_WORD], i, moved);
        --list[0];
    }

    function _with(uint256 word, uint256 i, uint72 id) private pure returns (uint256) {
        return (word & ~(uint256(type(uint72).max) << _shift(i))) | (uint256(id) << _shift(i));
    }

    function _shift(uint256 i) private pure returns (uint256) {
        return 32 + 72 * (i % A_WORD);
    }
}
