using Zvonok.Journal.Encoding;
using Zvonok.Journal.Postgres;

namespace Zvonok.Micro;

/// <summary>What it costs to turn an entry into a row of the journal.</summary>
[MemoryDiagnoser]
public class EncodingBenchmarks
{
    private const int BatchSize = 256;

    private readonly Entry _entry = Samples.Entry();
    private readonly EntryColumns _columns = new();
    private readonly byte[]? _lines = SaleLineCodec.Encode(Samples.Entry().Lines);

    /// <summary>Encodes three lines.</summary>
    [Benchmark]
    public byte[]? EncodeLines() => SaleLineCodec.Encode(_entry.Lines);

    /// <summary>Decodes them.</summary>
    [Benchmark]
    public SaleLine[] DecodeLines() => SaleLineCodec.Decode(_lines);

    /// <summary>Lays out a batch of rows column by column, as PostgreSQL takes them; the figure is for one row.</summary>
    [Benchmark(OperationsPerInvoke = BatchSize)]
    public int LayOutRows()
    {
        _columns.Clear();
        for (var i = 0; i < BatchSize; i++) _columns.Add(_entry);
        return _columns.Count;
    }
}
