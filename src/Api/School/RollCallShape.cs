using Zvonok.Api.Shapes;
using Zvonok.Grains.Buildings;
using Zvonok.Schools.V1;

namespace Zvonok.Api.School;

/// <summary>A roll call as messages.</summary>
internal static class RollCallShape
{
    /// <summary>The head, then the people, some in each message.</summary>
    public static IEnumerable<GetRollCallResponse> Split(RollCallView roll, int peopleMax)
    {
        yield return new GetRollCallResponse { Head = Head(roll) };
        foreach (var some in roll.Lines.Chunk(peopleMax)) yield return new GetRollCallResponse { People = { some.Select(Person) } };
    }

    private static RollCallHead Head(RollCallView roll) => new()
    {
        BuildingId = roll.Profile.Id.Value,
        AsOfTime = roll.At.ToTimestamp(),
        PassageNumber = roll.Seq,
        Mode = (Zvonok.Feed.V1.BuildingMode)roll.Mode,
        ModeTime = roll.InMode?.Since.ToTimestamp(),
        InsideCount = roll.Lines.Length,
        FoundCount = roll.Lines.Count(line => line.Found is not null),
    };

    private static RollCallPerson Person(RollCallLine line) => new()
    {
        AccountNumber = line.Account.Value,
        GroupKey = line.Group ?? "",
        LastPassageTime = line.Since.ToTimestamp(),
        GateDeviceId = line.Gate.Value,
        FoundTime = line.Found?.At.ToTimestamp(),
        FoundByAccountNumber = line.Found?.By.Value ?? 0,
    };
}
