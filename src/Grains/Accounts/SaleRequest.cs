using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Accounts;

/// <summary>
/// A sale on its way through a gathering. Those that are decided in the same way hang together: a list would be one more object for each of a million accounts.
/// </summary>
/// <param name="account">Whose.</param>
/// <param name="sale">What is sold.</param>
/// <param name="card">Why the card may not be used.</param>
internal sealed class SaleRequest(AccountGrain account, Sale sale, CardRefusal card) : Request<AccountAnswer>
{
    public Sale Sale => sale;

    public CardRefusal Card => card;

    /// <summary>What was decided.</summary>
    public AccountDecision Decision { get; set; }

    /// <summary>The one that was decided before it in the same way.</summary>
    public SaleRequest? DecidedBefore { get; set; }

    internal override ValueTask Serve() => account.Serve(this);

    /// <summary>It, and those before it, in the order of their numbers.</summary>
    public AccountAppend Append()
    {
        if (DecidedBefore is null) return new AccountAppend(Decision.Entry!);
        var entries = new Stack<Entry>();
        for (var each = this; each is not null; each = each.DecidedBefore) entries.Push(each.Decision.Entry!);
        return new AccountAppend([.. entries]);
    }

    public bool Knows(OperationId operation)
    {
        for (var each = this; each is not null; each = each.DecidedBefore)
            if (each.Sale.Operation == operation) return true;
        return false;
    }

    public void FailAll(Exception exception)
    {
        for (var each = this; each is not null; each = each.DecidedBefore) each.Fail(exception);
    }
}
