namespace Zvonok.Domain.Accounts;

/// <summary>One of the two sides between which an entry moves money (M14): a purse, or a contra account.</summary>
/// <param name="Purse">Which purse, of all accounts together; none when it is a contra account.</param>
/// <param name="Contra">Which contra account; none when it is a purse.</param>
public readonly record struct Side(Purse Purse, ContraAccount Contra)
{
    /// <summary>As in <c>purse/meal</c>, <c>operator/7</c> or <c>budget/5</c>.</summary>
    public override string ToString() => Purse == Purse.None ? Contra.ToString() : $"purse/{Purse.ToString().ToLowerInvariant()}";
}
