using Grpc.Core;
using Microsoft.Extensions.Logging;
using Zvonok.Domain.Buildings;

namespace Zvonok.Terminals;

/// <summary>What a terminal is given. All of it is checked when the terminal starts; <see cref="ArgumentException"/> names what is wrong.</summary>
public sealed record TerminalOptions
{
    /// <summary>Gates of one connection: more are several terminals (P9).</summary>
    public const int DevicesMax = 64;

    /// <summary>Where the core is: silos, or what stands before them. They are tried one after the other.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>The terminal's file, on a disk that keeps what it was given when the power goes; made when it is not there. One terminal has it open at a time.</summary>
    public required string DataFile { get; init; }

    /// <summary>As registered: the gate, or the gates of a controller, 1 to <see cref="DevicesMax"/>; one till or validator.</summary>
    public required IReadOnlyList<int> Devices { get; init; }

    /// <summary>The building where they stand.</summary>
    public required int Building { get; init; }

    /// <summary>The operator of a till or the carrier of a validator, as registered; 0 for gates. Products are known by it on stop lists, and ordered meals.</summary>
    public int Operator { get; init; }

    /// <summary>The name of the building's list key, as `device-keys` prints it.</summary>
    public required uint ListKeyId { get; init; }

    /// <summary>The building's list key, 32 bytes: the only secret. It is kept in memory alone; bring it from the device's key store.</summary>
    public required ReadOnlyMemory<byte> ListKey { get; init; }

    /// <summary>The core's public keys, each a SubjectPublicKeyInfo in DER: what none of them has signed is no list.</summary>
    public required IReadOnlyList<byte[]> SigningKeys { get; init; }

    /// <summary>How long an answer of the core is waited for before the terminal decides alone; null: 400 ms for gates, 1 s for tills and validators.</summary>
    public TimeSpan? AnswerWithin { get; init; }

    /// <summary>The longest pause between two attempts to connect.</summary>
    public TimeSpan ReconnectAtMostEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest fare, in kopecks, for which a validator lets somebody ride while there is no connection, within what its list allows (M10); 0: none.</summary>
    public long OfflineFareMost { get; init; }

    /// <summary>The clock; another one in tests.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Makes the channel to an address: TLS, the device's certificate or token. What it gives may be shared by many terminals and is not disposed by them; it should send keep-alive pings. Null: plain HTTP/2, a channel of its own.</summary>
    public Func<Uri, ChannelBase>? ChannelFactory { get; init; }

    /// <summary>Where to log; null: nowhere.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Checks all of it.</summary>
    internal TerminalOptions Checked(DeviceKind kind)
    {
        var isGate = kind == DeviceKind.Gate;
        Check(Addresses.Count > 0 && Addresses.All(address => address is { IsAbsoluteUri: true, Scheme: "http" or "https" }), nameof(Addresses), "one absolute http or https address or more");
        Check(!string.IsNullOrWhiteSpace(DataFile), nameof(DataFile), "a path");
        Check(Devices.Count >= 1 && Devices.Count <= (isGate ? DevicesMax : 1), nameof(Devices), isGate ? $"1 to {DevicesMax} gates" : "one till or validator");
        Check(Devices.All(IsId) && Devices.Distinct().Count() == Devices.Count, nameof(Devices), $"numbers from 1 to {Limits.IdMax}, each once");
        Check(IsId(Building), nameof(Building), $"a number from 1 to {Limits.IdMax}");
        Check(isGate || IsId(Operator), nameof(Operator), $"a number from 1 to {Limits.IdMax}");
        Check(ListKey.Length == Domain.Lists.ListMasterKey.Length, nameof(ListKey), $"{Domain.Lists.ListMasterKey.Length} bytes");
        Check(SigningKeys.Count > 0, nameof(SigningKeys), "one key or more");
        Check(AnswerWithin is null || AnswerWithin > TimeSpan.Zero && AnswerWithin <= TimeSpan.FromSeconds(30), nameof(AnswerWithin), "more than 0 and at most 30 s");
        Check(ReconnectAtMostEvery > TimeSpan.Zero && ReconnectAtMostEvery <= TimeSpan.FromMinutes(10), nameof(ReconnectAtMostEvery), "more than 0 and at most 10 minutes");
        Check(OfflineFareMost is >= 0 and <= Limits.AmountMax, nameof(OfflineFareMost), $"0 to {Limits.AmountMax} kopecks");
        return this with { AnswerWithin = AnswerWithin ?? TimeSpan.FromMilliseconds(isGate ? 400 : 1_000) };
    }

    private static bool IsId(int id) => id is >= 1 and <= Limits.IdMax;

    private static void Check(bool holds, string name, string remedy)
    {
        if (!holds) throw new ArgumentException($"{name} should be {remedy}.", name);
    }
}
