using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.Scripting;

/// <summary>
/// The one type that writes values of an openssl configuration (config(5)), in which <c>$</c> expands, <c>#</c> begins a
/// comment, <c>\</c> escapes, quotes vanish, and white space at either end is dropped.
/// </summary>
internal static class ConfigValue
{
    /// <summary>The value as it stands behind the equals sign, on one line.</summary>
    /// <param name="value">The value; anything but NUL.</param>
    /// <param name="isFleet">Whether <c>{n}</c> stands for the number of a replica, which is then the variable <c>n</c>.</param>
    public static string Of(string value, bool isFleet)
    {
        var text = new StringBuilder(value.Length + 8);
        for (int index = 0; index < value.Length; index++)
        {
            bool isEdge = index == 0 || index == value.Length - 1;
            if (isFleet && value.AsSpan(index).StartsWith(Replication.Placeholder))
            {
                text.Append("${n}");
                index += Replication.Placeholder.Length - 1;
                continue;
            }

            text.Append(value[index] switch
            {
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\b' => @"\b",
                ' ' when isEdge => "\" \"",
                '\\' or '$' or '#' or '"' or '\'' or '`' => $@"\{value[index]}",
                _ => value[index].ToString(),
            });
        }

        return text.ToString();
    }
}
