namespace Zvonok.Grains.Tests.Model;

/// <summary>Commands in words, with what is in their lists.</summary>
internal static class Words
{
    public static string Of(AccountCommand command) => command switch
    {
        Purchase purchase => $"{purchase} {string.Join(", ", purchase.Lines)}",
        OrderChange change => $"{change} cancelled {string.Join(", ", change.Cancelled)} placed {string.Join(", ", change.Placed.Select(order => $"{order} {string.Join(", ", order.Lines)}"))}",
        StopListChange { StopList: { } list } change => $"{change} {list.Allergens}, hot meals {list.HotMeal}, buffet {list.Buffet}, {string.Join(", ", list.Products)}",
        EntitlementChange { Entitlements: { } list } change => $"{change} {string.Join(", ", (object[])list.All)}",
        _ => $"{command}",
    };

    /// <summary>The name of a kind: order redemption.</summary>
    public static string Of(Type kind) => string.Concat(kind.Name.Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
