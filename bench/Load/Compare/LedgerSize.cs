using System.Globalization;
using Zvonok.Processes;

namespace Zvonok.Load.Compare;

/// <summary>How much room the core's ledger takes in PostgreSQL.</summary>
/// <param name="Entries">Its rows.</param>
/// <param name="TableBytes">The table's pages, with what lies out of line, and its maps of free and visible pages.</param>
/// <param name="IndexBytes">All its indexes.</param>
internal sealed record LedgerSize(long Entries, long TableBytes, long IndexBytes)
{
    private const string Sql = "select count(*), pg_table_size('entry'), pg_indexes_size('entry') from entry";

    public static async Task<LedgerSize> Read(TemporaryPostgres postgres, string database, CancellationToken stop)
    {
        var columns = (await postgres.Query(database, Sql, stop)).Split('|').Select(column => long.Parse(column, CultureInfo.InvariantCulture)).ToArray();
        return new LedgerSize(columns[0], columns[1], columns[2]);
    }

    /// <summary>What each entry since then has added.</summary>
    public BytesPerSale Since(LedgerSize before)
    {
        var sales = Entries - before.Entries;
        return new BytesPerSale(sales, Share(TableBytes - before.TableBytes), Share(IndexBytes - before.IndexBytes), Share(TableBytes + IndexBytes - before.TableBytes - before.IndexBytes));

        double Share(long bytes) => sales == 0 ? 0 : Math.Round((double)bytes / sales, 1);
    }
}

/// <summary>
/// Bytes that a sale takes at rest, over all sales of the measured rounds through every arm of the core: half of them of one line and half of two. Whole pages are counted,
/// so what pages have left free is in it; nothing is ever deleted or changed in the ledger, so that there are no dead rows and nothing to vacuum. The log (WAL) is not in it.
/// </summary>
/// <param name="Sales">How many there were.</param>
/// <param name="Table">Of the table.</param>
/// <param name="Index">Of its indexes.</param>
/// <param name="Total">Of both.</param>
internal sealed record BytesPerSale(long Sales, double Table, double Index, double Total)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Total} ({Table} table, {Index} index; {Sales:N0} sales)");
}
