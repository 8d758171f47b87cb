package idiom.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import idiom.training.net.GeneratorNetwork;
import idiom.training.net.GeneratorShape;
import idiom.training.net.ParameterLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Weights back from ONNX files that {@link ModelExport} wrote, so that training can go on from a model. */
public final class ModelImport {
    private ModelImport() {}

    /**
     * A generator's weights, 16-bit ones as floats.
     *
     * @param shape that the generator must have, without spectral normalization, which files know nothing of
     * @return in the order of the generator's layout
     * @throws IOException in one line, if the file can't be read or holds another network
     */
    public static float[] generator(Path file, GeneratorShape shape) throws IOException {
        if (shape.spectralNorm()) {
            throw new IOException(file + ": a model can't be gone on from with generator.spectral-norm: it is"
                    + " folded into the weights");
        }
        ModelProto model = model(file);
        requireNetwork(model, shape, file);
        Map<String, TensorProto> stored = model.getGraph().getInitializerList().stream()
                .collect(Collectors.toMap(TensorProto::getName, Function.identity()));
        ParameterLayout layout = GeneratorNetwork.layoutOf(shape);
        FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(layout.size()));
        for (ParameterLayout.Entry entry : layout.entries()) {
            TensorProto tensor = stored.getOrDefault(entry.name() + OnnxGraph.FP16, stored.get(entry.name()));
            if (tensor == null || !tensor.getDimsList().equals(entry.shape())) {
                throw new IOException(file + ": not a generator of the recipe's shape (generator.width=" + shape.width()
                        + ", generator.blocks=" + shape.blocks() + "): " + entry.name() + " must be " + entry.shape()
                        + " and is " + (tensor == null ? "missing" : tensor.getDimsList()));
            }
            read(tensor, file, values);
        }
        return values.array();
    }

    private static ModelProto model(Path file) throws IOException {
        try {
            return ModelProto.parseFrom(Files.readAllBytes(file));
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(file + ": not an ONNX file (" + e.getMessage() + ")", e);
        }
    }

    /** What weights alone don't tell. */
    private static void requireNetwork(ModelProto model, GeneratorShape shape, Path file) throws IOException {
        Map<String, String> facts = model.getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
        String skip = facts.getOrDefault("idiom.skip", "missing");
        String zeroMean = facts.getOrDefault("idiom.zero-mean-delta", "missing");
        if (!skip.equals(Double.toString(shape.skip())) || !zeroMean.equals(Boolean.toString(shape.zeroMean()))) {
            throw new IOException(file + ": not a generator as the recipe's (generator.skip=" + shape.skip()
                    + ", generator.zero-mean=" + shape.zeroMean() + "): its skip is " + skip + ", its zero-mean "
                    + zeroMean);
        }
    }

    private static void read(TensorProto tensor, Path file, FloatBuffer values) throws IOException {
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long count = tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
        if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE && raw.remaining() == count * Float.BYTES) {
            values.put(raw.asFloatBuffer());
        } else if (tensor.getDataType() == TensorProto.DataType.FLOAT16_VALUE
                && raw.remaining() == count * Short.BYTES) {
            while (raw.hasRemaining()) {
                values.put(HalfFloat.toFloat(raw.getShort()));
            }
        } else {
            throw new IOException(
                    file + ": weights must be stored as raw floats of 32 or 16 bits, as Idiom writes them: "
                            + tensor.getName());
        }
    }
}
