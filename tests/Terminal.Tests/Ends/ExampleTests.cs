using System.Globalization;
using System.Text.Json;
using Zvonok.Domain.Buildings;
using Zvonok.Terminals.Example;
using Zvonok.Terminals.Tests.Cores;

namespace Zvonok.Terminals.Tests.Ends;

/// <summary>The vendors' example does what its page says.</summary>
[Trait("Rule", "O6")]
public sealed class ExampleTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new("zvonok-example");
    private readonly School _school = new();

    public void Dispose()
    {
        _school.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_example_is_a_turnstile()
    {
        await using var core = new FakeCore(_school) { List = School.List(DeviceKind.Gate, SystemClock.Instance.GetCurrentInstant(), [School.Person(1)]) };
        await core.Start();
        var keys = Path.Combine(_directory.Path, "keys.json");
        // As `device-keys` prints it.
        await File.WriteAllTextAsync(keys, JsonSerializer.Serialize(new
        {
            building_id = School.Id, list_key_id = School.Key.Id, list_key = Convert.ToHexString(School.Key.ToBytes()), signing_key_id = 1, signing_public_key = Convert.ToBase64String(_school.PublicKey),
        }));
        string[] args = [core.Address.ToString(), School.Gate.ToString(CultureInfo.InvariantCulture), Path.Combine(_directory.Path, "gate.db"), keys];
        // A list has to come first.
        await using (var gate = GateTerminal.Start(_school.Options(args[2], isTill: false, core.Address)))
            await Eventually.Holds(() => gate.Status.ListVersion > 0, "it should have a list");
        await core.Stop();

        var card = Convert.ToHexString(School.Uid(1));
        using var said = new StringWriter();
        (await Turnstile.Run(args, new StringReader($"{card} in\n{Convert.ToHexString(School.Uid(2))}\nhello\nnobody\n{card}\nfire on\n01020304\nfire off\nstatus\n"), said)).ShouldBe(0);

        said.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldSatisfyAllConditions(
            lines => lines[..^1].ShouldBe(
            [
                "ADMITTED In (alone)", "REFUSED CardUnknown (alone)", "? a radio number has 8 to 32 hexadecimal digits", "? a radio number has 8 to 32 hexadecimal digits", "ADMITTED Out (alone)",
                "OPEN: everybody passes", "ADMITTED In, look: Evacuation (alone)", "SHUT: cards decide",
            ]),
            lines => lines[^1].ShouldStartWith("alone, list 1 of 0.00:00:"),
            lines => lines[^1].ShouldContain(", 4 waiting"));
        (await Turnstile.Run([], TextReader.Null, said)).ShouldBe(2);
    }
}
