using System.Globalization;

namespace Zvonok.Domain.Accounts;

/// <summary>Which contra accounts a report is about: all, those of one kind, or a single one. They are a range of codes.</summary>
/// <param name="First">The lowest <see cref="ContraAccount.Code"/>.</param>
/// <param name="Last">The highest.</param>
public readonly record struct ContraSelection(long First, long Last)
{
    /// <summary>Every contra account.</summary>
    public static readonly ContraSelection All = new(1, long.MaxValue);

    // The names are those that contra accounts have in words.
    private static readonly Dictionary<string, ContraKind> Kinds =
        Enum.GetValues<ContraKind>().Where(kind => kind != ContraKind.None).ToDictionary(kind => new ContraAccount(kind, 0).ToString().Split('/')[0]);

    /// <summary>All of a kind.</summary>
    public static ContraSelection Of(ContraKind kind) => new(new ContraAccount(kind, 0).Code, new ContraAccount(kind, Limits.IdMax).Code);

    /// <summary>That one.</summary>
    public static ContraSelection Of(ContraAccount account) => new(account.Code, account.Code);

    /// <summary>True when that one is among them.</summary>
    public bool Contains(ContraAccount account) => account.Code >= First && account.Code <= Last;

    /// <summary>Reads <c>operator/7</c> for one, <c>operator</c> for all of a kind, nothing for all; false for anything else.</summary>
    public static bool TryParse(string text, out ContraSelection selection)
    {
        selection = All;
        if (text.Length == 0) return true;
        var (name, slash) = (text, text.IndexOf('/', StringComparison.Ordinal));
        if (slash >= 0) name = text[..slash];
        if (!Kinds.TryGetValue(name, out var kind)) return false;
        selection = Of(kind);
        if (slash < 0) return true;
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id is < 1 or > Limits.IdMax) return false;
        var one = new ContraAccount(kind, id);
        selection = Of(one);
        // Written as it would be told, and no other way; transit has no number.
        return one.ToString() == text;
    }
}
