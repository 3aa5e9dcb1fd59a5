namespace Zvonok.Domain.Accounts;

/// <summary>
/// Names of roles as the city registers them for people and buildings. Opaque: they say nothing here but whether somebody has one that a building names (S1, S3). Each once, in order, so that
/// the same roles are the same value. The default names none.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.RoleNames")]
public readonly record struct RoleNames
{
    private const char Between = ' ';

    [Id(0)]
    private readonly string? _text;

    private RoleNames(string? text) => _text = text;

    /// <summary>No role.</summary>
    public static RoleNames None => default;

    /// <summary>True for no role.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>All names, separated by blanks; null for none.</summary>
    public string? Text => _text;

    /// <summary>Some roles; names that are there twice count once.</summary>
    /// <param name="names">Each without blanks.</param>
    public static RoleNames Of(params IEnumerable<string> names)
    {
        string[] sorted = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return sorted.Length == 0 ? None : new RoleNames(string.Join(Between, sorted));
    }

    /// <summary>What <see cref="Text"/> says.</summary>
    public static RoleNames Parse(string? text) => text is null ? None : Of(text.Split(Between, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether one of them is among the others.</summary>
    public bool Overlaps(RoleNames others) => !IsEmpty && !others.IsEmpty && _text!.Split(Between).Intersect(others._text!.Split(Between), StringComparer.Ordinal).Any();

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";
}
