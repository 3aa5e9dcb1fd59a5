using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Transfers;

/// <summary>
/// The transfers that have left and are not known yet to have ended (M11). One comes in with the entry with which it left
/// (<see cref="AccountAppend.Begun"/>). Every method throws <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ITransferLog
{
    /// <summary>The transfer that left with that entry; null when it has ended.</summary>
    Task<OpenTransfer?> Find(EntryKey left);

    /// <summary>Whether money that has left an account is still on its way.</summary>
    Task<bool> HasOpen(AccountNumber from);

    /// <summary>It has arrived. To be said as often as one likes.</summary>
    Task End(EntryKey left);

    /// <summary>How many there are, and the oldest of them, at most <paramref name="count"/>.</summary>
    Task<OpenTransfers> List(int count);
}

/// <summary>Transfers on their way.</summary>
/// <param name="Count">How many in all.</param>
/// <param name="Oldest">The oldest, oldest first.</param>
public sealed record OpenTransfers(long Count, IReadOnlyList<OpenTransfer> Oldest);
