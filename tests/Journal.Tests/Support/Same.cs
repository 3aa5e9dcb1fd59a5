namespace Zvonok.Journal.Tests.Support;

/// <summary>Equality to the last field: arrays by what they hold.</summary>
internal static class Same
{
    public static void ShouldBeSame(this Entry? actual, Entry expected)
    {
        actual.ShouldNotBeNull();
        (actual with { Lines = [] }).ShouldBe(expected with { Lines = [] });
        actual.Lines.ShouldBe(expected.Lines);
    }

    public static void ShouldBeSame(this IReadOnlyList<Entry> actual, IEnumerable<Entry> expected)
    {
        var all = expected.ToList();
        actual.Count.ShouldBe(all.Count);
        for (var i = 0; i < all.Count; i++) actual[i].ShouldBeSame(all[i]);
    }
}
