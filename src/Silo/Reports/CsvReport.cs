using System.Globalization;
using CsvHelper;
using Zvonok.Grains.Reports;

namespace Zvonok.Silo.Reports;

/// <summary>A report as a CSV file: its columns, its rows as they are read, and what there is to say about it at the end.</summary>
internal abstract class CsvReport
{
    /// <summary>The header.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>What the report comes to; to be asked when all rows were read.</summary>
    public abstract string Summary { get; }

    /// <summary>False when the report shows that the books are wrong.</summary>
    public virtual bool IsSound => true;

    /// <summary>The rows, each read when it is asked for.</summary>
    public abstract IAsyncEnumerable<object[]> Rows(IReports reports, CancellationToken stop);

    /// <summary>Writes header and rows.</summary>
    /// <param name="reports">Where they are read.</param>
    /// <param name="text">Where they are written.</param>
    /// <param name="progress">Is told after each row how many there are.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>How many rows there are.</returns>
    public async Task<long> Write(IReports reports, TextWriter text, Action<long> progress, CancellationToken stop)
    {
        await using var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var column in Columns) csv.WriteField(column);
        await csv.NextRecordAsync();
        var count = 0L;
        await foreach (var row in Rows(reports, stop))
        {
            foreach (var value in row) csv.WriteField(value);
            await csv.NextRecordAsync();
            progress(++count);
        }

        await csv.FlushAsync();
        return count;
    }
}
