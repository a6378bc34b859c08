using System.Collections.Immutable;
using System.Text;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding;

/// <summary>
/// openssl's slash form taken apart: <c>/C=FI/O=Acme+OU=x/CN=y</c>, where <c>\</c> takes the meaning from <c>/</c>,
/// <c>+</c>, <c>=</c> and <c>\</c>. Unlike openssl it drops nothing in silence.
/// </summary>
/// <param name="Names">The relative distinguished names, each with its attributes.</param>
/// <param name="Problem">What is wrong with the form, or null.</param>
/// <param name="Hint">What would be right, or null.</param>
internal sealed record SubjectSyntax(ImmutableArray<ImmutableArray<(string Type, string Value)>> Names, string? Problem, string? Hint)
{
    /// <summary>Takes apart a text that begins with <c>/</c>.</summary>
    public static SubjectSyntax Split(string text) => new Splitter(text).Split();

    private sealed class Splitter(string text)
    {
        private readonly ImmutableArray<ImmutableArray<(string, string)>>.Builder _names =
            ImmutableArray.CreateBuilder<ImmutableArray<(string, string)>>();

        private readonly ImmutableArray<(string, string)>.Builder _attributes = ImmutableArray.CreateBuilder<(string, string)>();
        private readonly StringBuilder _part = new();
        private string? _type;
        private string? _problem;
        private string? _hint;

        public SubjectSyntax Split()
        {
            for (int index = 1; index < text.Length; index++)
            {
                char character = text[index];
                switch (character)
                {
                    case '\\':
                        index++;
                        Escaped(index);
                        break;
                    case '/':
                        EndAttribute();
                        EndName();
                        break;
                    case '+':
                        EndAttribute();
                        break;
                    case '=' when _type is null:
                        _type = _part.ToString();
                        _part.Clear();
                        break;
                    default:
                        _part.Append(character);
                        break;
                }
            }

            EndAttribute();
            EndName();
            return new SubjectSyntax(_names.ToImmutable(), _problem, _hint);
        }

        private void Escaped(int index)
        {
            if (index < text.Length && text[index] is '/' or '+' or '=' or '\\')
            {
                _part.Append(text[index]);
                return;
            }

            Problem(
                index < text.Length ? $"{VisibleText.Quoted(text.Substring(index - 1, 2))} escapes nothing" : "a \"\\\" at the end escapes nothing",
                "\"\\\" stands before \"/\", \"+\", \"=\" or \"\\\"; a \"\\\" itself is written \"\\\\\"");
        }

        private void EndAttribute()
        {
            string part = _part.ToString();
            _part.Clear();
            if (_type is null)
            {
                Problem(
                    part.Length == 0 ? "a part is empty" : $"{VisibleText.Quoted(part)} is not ATTRIBUTE=VALUE",
                    part.Length == 0 ? "take out the extra \"/\" or \"+\"" : "inside a value \"/\" is written \"\\/\" and \"+\" is written \"\\+\"");
                return;
            }

            _attributes.Add((_type, part));
            _type = null;
        }

        private void EndName()
        {
            if (_attributes.Count > 0)
            {
                _names.Add(_attributes.ToImmutable());
                _attributes.Clear();
            }
        }

        private void Problem(string problem, string hint)
        {
            if (_problem is null)
            {
                (_problem, _hint) = (problem, hint);
            }
        }
    }
}
