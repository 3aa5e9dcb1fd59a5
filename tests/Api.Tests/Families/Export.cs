using System.Globalization;
using System.Text;
using CsvHelper;
using Zvonok.Api.Tests.Servers;
using Zvonok.Family.V1;

namespace Zvonok.Api.Tests.Families;

/// <summary>A file as its reader has it in the end.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Chunks">In how many pieces it came.</param>
internal sealed record Export(string Text, int Chunks)
{
    /// <summary>The lines as any reader of CSV splits them, the header first.</summary>
    public IReadOnlyList<string[]> Lines
    {
        get
        {
            using var csv = new CsvParser(new StringReader(Text), CultureInfo.InvariantCulture);
            var lines = new List<string[]>();
            while (csv.Read()) lines.Add(csv.Record!);
            return lines;
        }
    }

    public static async Task<Export> Read(Server server, ExportHistoryRequest request)
    {
        using var patience = new CancellationTokenSource(Server.Deadline);
        using var call = server.Families.ExportHistory(request, cancellationToken: patience.Token);
        var (bytes, chunks) = (new List<byte>(), 0);
        while (await call.ResponseStream.MoveNext(patience.Token))
        {
            bytes.AddRange(call.ResponseStream.Current.Chunk.Span);
            chunks++;
        }

        return new Export(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]), chunks);
    }
}
