namespace Zvonok.Micro;

/// <summary>What it costs to turn a radio number into a token, which every tap and sale does once.</summary>
[MemoryDiagnoser]
public class TokenBenchmarks
{
    /// <summary>HMAC-SHA-256 of seven bytes.</summary>
    [Benchmark]
    public CardToken TokenOf() => Samples.Key.TokenOf(Samples.Uid);
}
