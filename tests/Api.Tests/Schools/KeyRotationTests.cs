using Microsoft.Extensions.Configuration;
using Zvonok.Api.Tests.Servers;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using Zvonok.Silo;

namespace Zvonok.Api.Tests.Schools;

/// <summary>A token key is replaced by a newer one, while everybody goes on (C7).</summary>
[Trait("Rule", "C7")]
public sealed class KeyRotationTests : IDisposable
{
    private readonly string _files = Directory.CreateTempSubdirectory("zvonok-keys-").FullName;

    public void Dispose() => Directory.Delete(_files, recursive: true);

    [Fact]
    public async Task Cards_of_an_older_key_are_found_and_go_over_to_the_newest_when_they_are_next_used()
    {
        var (old, newest, data) = (Key('1'), Key('2'), Path.Combine(_files, "data"));
        Pupil child, sister, brother, lost;
        await using (var server = await Server.Start(("Zvonok:DataDirectory", data), ("Zvonok:TokenKeyFile", old)))
        {
            (child, sister, brother, lost) = (await server.NewPupil(meal: 50_000), await server.NewPupil(meal: 50_000), await server.NewPupil(), await server.NewPupil(state: CardState.Active));
            await server.Schools.ReportCardLostAsync(GivenCards.Lost(server.NewId(), lost));
        }

        SchoolCard moved;
        await using (var server = await Server.Start(("Zvonok:DataDirectory", data), ("Zvonok:TokenKeyFile", newest), ("Zvonok:OlderTokenKeyFiles:0", old)))
        {
            var before = await Only(server, child);
            (await server.Gates.TapAsync(Given.Tap(server.NewId(), child))).Outcome.ShouldBe(Outcome.Admitted);
            (await server.Gates.TapAsync(Given.Tap(server.NewId(), child, Direction.Out))).Outcome.ShouldBe(Outcome.Admitted);
            (await server.Tills.SellAsync(Given.Sell(server.NewId(), sister))).Granted.ShouldNotBeNull();
            (await server.Gates.TapAsync(Given.Tap(server.NewId(), lost))).RefusalReason.ShouldBe(Zvonok.Gate.V1.RefusalReason.CardLost);
            // The city sends its cards again, and with that the rest goes over.
            (await server.Import(new Row { Card = Given.Card(brother) })).ShouldSatisfyAllConditions(
                response => response.BadRows.ShouldBeEmpty(), response => response.AddedCount.ShouldBe(0), response => response.UnchangedCount.ShouldBe(1));

            moved = await Only(server, child);
            moved.CardToken.ShouldNotBe(before.CardToken);
            (await server.Schools.ListCardEventsAsync(new ListCardEventsRequest { Card = GivenCards.Name(child) })).Events.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                line => line.Kind.ShouldBe(CardEventKind.Retokened), line => line.OtherCardToken.ShouldBe(before.CardToken));
        }

        // A silo that has not heard yet which of the two is the newest finds them all the same.
        await using (var server = await Server.Start(("Zvonok:DataDirectory", data), ("Zvonok:TokenKeyFile", old), ("Zvonok:OlderTokenKeyFiles:0", newest)))
        {
            foreach (var pupil in new[] { child, sister, brother }) (await server.Gates.TapAsync(Given.Tap(server.NewId(), pupil))).Outcome.ShouldNotBe(Outcome.Refused);
            (await Only(server, child)).CardToken.ShouldNotBe(moved.CardToken, "it went back");
        }

        await using (var server = await Server.Start(("Zvonok:DataDirectory", data), ("Zvonok:TokenKeyFile", newest), ("Zvonok:OlderTokenKeyFiles:0", old)))
            foreach (var pupil in new[] { child, sister, brother, lost }) await server.Gates.TapAsync(Given.Tap(server.NewId(), pupil));

        // The older key is not needed any more.
        await using (var server = await Server.Start(("Zvonok:DataDirectory", data), ("Zvonok:TokenKeyFile", newest)))
        {
            (await Only(server, child)).CardToken.ShouldBe(moved.CardToken);
            foreach (var pupil in new[] { child, sister, brother }) (await server.Gates.TapAsync(Given.Tap(server.NewId(), pupil))).Outcome.ShouldNotBe(Outcome.Refused);
            (await server.Gates.TapAsync(Given.Tap(server.NewId(), lost))).RefusalReason.ShouldBe(Zvonok.Gate.V1.RefusalReason.CardLost);
            (await server.Tills.SellAsync(Given.Sell(server.NewId(), sister))).Granted.ShouldNotBeNull();
        }
    }

    [Fact]
    public void The_same_key_twice_is_a_wrong_setting()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Zvonok:TokenKeyFile"] = Key('1'), ["Zvonok:OlderTokenKeyFiles:0"] = Key('2'), ["Zvonok:OlderTokenKeyFiles:1"] = Key('1') })
            .Build();

        Should.Throw<SettingException>(() => TokenKeyFile.Load(settings)).Message.ShouldContain("Zvonok:OlderTokenKeyFiles");
    }

    private string Key(char digit)
    {
        var path = Path.Combine(_files, $"{digit}.key");
        File.WriteAllText(path, new string(digit, 64));
        return path;
    }

    // What was known by the older key is still in the list, and gone.
    private static async Task<SchoolCard> Only(Server server, Pupil pupil) =>
        (await server.Schools.ListCardsAsync(new ListCardsRequest { AccountNumber = pupil.Number })).Cards.Where(card => card.State != CardState.Destroyed).ShouldHaveSingleItem();
}
