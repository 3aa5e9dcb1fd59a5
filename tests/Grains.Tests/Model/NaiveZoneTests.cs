using Zvonok.Grains.Tests.Model.Naive;

namespace Zvonok.Grains.Tests.Model;

/// <summary>What was copied by hand is what the IANA database has: a government that changes its mind is told from a defect of the accounts.</summary>
public sealed class NaiveZoneTests
{
    public static TheoryData<string> Zones => [.. NaiveZone.All.Select(zone => zone.Id)];

    [Theory, MemberData(nameof(Zones))]
    public void Every_quarter_of_an_hour_of_the_year_is_on_the_day_of_the_database(string id)
    {
        var (naive, zone) = (NaiveZone.All.Single(zone => zone.Id == id), DateTimeZoneProviders.Tzdb[id]);
        for (var at = Instant.FromUtc(2026, 1, 1, 0, 0); at < Instant.FromUtc(2026, 12, 31, 0, 0); at += Duration.FromMinutes(15))
            foreach (var moment in new[] { at - Duration.FromMilliseconds(1), at })
                if (moment.InUtc().Year == 2026) NaiveZone.DateOf(naive.DayOf(moment.ToUnixTimeMilliseconds())).ShouldBe(moment.InZone(zone).Date);
    }
}
