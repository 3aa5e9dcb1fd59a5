using System.Text.Json;
using Zvonok.Gate.V1;

namespace Zvonok.Terminals.Example;

/// <summary>A turnstile whose reader is the standard input, and whose barrier is the standard output.</summary>
public static class Turnstile
{
    /// <summary>How it is called.</summary>
    public const string Usage = """
        Zvonok.Terminal.Example ADDRESSES DEVICE FILE KEYS
          ADDRESSES  where the core is: http://a:8080,http://b:8080
          DEVICE     the gate's number, as registered
          FILE       where the terminal keeps what must not be lost
          KEYS       what `device-keys --building N` has printed
        Then, a line each: a card's radio number in hexadecimal, with `in` or `out` behind it for a reader that knows; `nobody` when nobody walked through
        after the last; `fire on` and `fire off` for the fire input; `status`.
        """;

    /// <summary>Runs until the input ends; 0, or 2 when it was called wrongly.</summary>
    public static async Task<int> Run(string[] args, TextReader reader, TextWriter barrier)
    {
        if (args.Length != 4)
        {
            await barrier.WriteLineAsync(Usage);
            return 2;
        }

        await using var gate = GateTerminal.Start(Options(args));
        gate.OpenChanged += isOpen => barrier.WriteLine(isOpen ? "OPEN: everybody passes" : "SHUT: cards decide");
        if (gate.IsOpen) await barrier.WriteLineAsync("OPEN: everybody passes");

        GateDecision? last = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            switch (line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                case []:
                    break;
                case ["status"]:
                    var status = gate.Status;
                    await barrier.WriteLineAsync($"{(status.IsConnected ? "connected" : "alone")}, list {status.ListVersion} of {status.ListAge?.ToString(@"d\.hh\:mm\:ss") ?? "never"}, {status.Queued} waiting {status.StoreFault}");
                    break;
                case ["fire", var state]:
                    gate.SetFireInput(state == "on");
                    break;
                case ["nobody"] when last is { IsAdmitted: true }:
                    await gate.ReportNotPassed(last);
                    await barrier.WriteLineAsync("NOTED: nobody walked through");
                    break;
                case [var card, .. var rest] when TryRead(card, out var uid):
                    last = await gate.Tap(uid, rest is ["in"] ? Direction.In : rest is ["out"] ? Direction.Out : Direction.Toggle);
                    await barrier.WriteLineAsync(Show(last));
                    break;
                default:
                    await barrier.WriteLineAsync("? a radio number has 8 to 32 hexadecimal digits");
                    break;
            }
        }

        return 0;
    }

    // What the guard sees. A child sees a green or a red light, and nothing else.
    private static string Show(GateDecision decision) => decision.Outcome switch
    {
        Outcome.Admitted => $"ADMITTED {decision.Direction}{Alone(decision)}",
        Outcome.AdmittedFlagged => $"ADMITTED {decision.Direction}, look: {decision.Flag}{Alone(decision)}",
        _ => $"REFUSED {decision.Reason}{Alone(decision)}",
    };

    private static string Alone(GateDecision decision) => !decision.IsDurable ? " (not written down: see to the disk)" : decision.IsAlone ? " (alone)" : "";

    private static TerminalOptions Options(string[] args)
    {
        var keys = JsonSerializer.Deserialize<DeviceKeys>(File.ReadAllText(args[3])) ?? throw new InvalidDataException($"{args[3]} is empty.");
        return new TerminalOptions
        {
            Addresses = [.. args[0].Split(',').Select(address => new Uri(address))],
            Devices = [int.Parse(args[1])],
            DataFile = args[2],
            Building = keys.BuildingId,
            ListKeyId = keys.ListKeyId,
            ListKey = Convert.FromHexString(keys.ListKey),
            SigningKeys = [Convert.FromBase64String(keys.SigningPublicKey)],
        };
    }

    private static bool TryRead(string text, out byte[] uid)
    {
        uid = [];
        if (text.Length is < 8 or > 32 || text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit)) return false;
        uid = Convert.FromHexString(text);
        return true;
    }
}
