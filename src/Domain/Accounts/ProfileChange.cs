namespace Zvonok.Domain.Accounts;

/// <summary>A command that changes an account's profile in the order of its entries, and moves no money.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.ProfileChange")]
public abstract record ProfileChange : AccountCommand
{
    /// <summary>What its entry tells of.</summary>
    public abstract EntryKind Kind { get; }

    /// <summary>The profile with what is changed.</summary>
    public abstract AccountProfile ApplyTo(AccountProfile profile);
}
