using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Lists;

/// <summary>All that a building's lists are made of.</summary>
/// <param name="Building">What it is.</param>
/// <param name="Mode">How its gates behave.</param>
/// <param name="Allowance">What a till or validator may sell to one person on a day while it has no connection, by policy.</param>
/// <param name="CreditFloor">How low a hot meal may take a meal purse there (M4).</param>
/// <param name="Cards">Cards whose rights name the building; others do no harm.</param>
/// <param name="Accounts">Whose they are, with the orders at this building.</param>
/// <param name="Handles">What the accounts are called there; who has none is not listed.</param>
public sealed record ListFacts(
    BuildingProfile Building, BuildingMode Mode, Money Allowance, Money CreditFloor,
    IReadOnlyList<Card> Cards, IReadOnlyDictionary<AccountNumber, AccountState> Accounts, IReadOnlyDictionary<AccountNumber, int> Handles);
